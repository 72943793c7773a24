import type { Command } from 'commander';

import { makeProgram } from '../../src/cli/program';
import { runCli } from '../support/run-cli';

const program = makeProgram(() => undefined);

const namesBelow = (command: Command, path: readonly string[]): readonly (readonly string[])[] =>
  command.commands.flatMap((inner) => [
    [...path, inner.name()],
    ...namesBelow(inner, [...path, inner.name()]),
  ]);

test('the help of every command goes to standard output, says what it is for and shows an example', async () => {
  const commands = [[], ...namesBelow(program, [])];
  const results = await Promise.all(
    commands.map(async (command) => ({ command, ...(await runCli([...command, '--help'])) })),
  );
  for (const result of results) {
    expect(result).toEqual({
      command: result.command,
      exitCode: 0,
      stdout: expect.stringMatching(
        new RegExp(`^Usage: ${['logto-iac', ...result.command].join(' ')} [^]+\nExamples?:\n {2}logto-iac `),
      ) as string,
      stderr: '',
    });
  }
});

test('the help names every exit code', async () => {
  const { stdout } = await runCli(['--help']);
  expect(stdout).toContain(
    [
      'Exit codes: 0 done or nothing to do, 1 bug, 2 changes found, 3 manifest or arguments invalid,',
      '4 tenant unreachable or not authorised, 5 refused by a safety rule, 6 apply ended part-way.',
    ].join('\n'),
  );
});

const filesHint = 'Manifests are named with -f, as in `logto-iac plan -f tenant/`.\n';

test.each([
  ['plaan', "error: unknown command 'plaan'\n(Did you mean plan?)\n"],
  ['plan --fromat json', "error: unknown option '--fromat'\n(Did you mean --format?)\n"],
  ['ledger shw', "error: unknown command 'shw'\n(Did you mean show?)\n"],
  ['plan tenant/', "error: too many arguments for 'plan'. Expected 0 arguments but got 1.\n"],
])('logto-iac %s is exit 3 and suggests what may be meant', async (line, message) => {
  expect(await runCli(line.split(' '))).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: `${message}(logto-iac COMMAND --help shows how it is used)\n${line === 'plan tenant/' ? filesHint : ''}`,
  });
});

test('without a command the help goes to standard error', async () => {
  expect(await runCli([])).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringMatching(/^Usage: logto-iac /) as string,
  });
});

const tenant = { url: 'http://localhost:1', appId: 'app', appSecret: 'secret', resource: 'urn:none' };

test.each([
  [
    'plan --format yaml -f -',
    'error: --format yaml is none of text, json, markdown, junit, sarif, github, html\n',
  ],
  ['render --format text', 'error: --format text is none of yaml, json\n'],
  [
    'schema tenant',
    'error: there is no schema of "tenant"\n  the schemas are manifest, plan, apply, drift, drift-tenants, validate, graph, diff, doctor\n',
  ],
  ['emulator --port 99999', 'error: --port 99999 is no port\n'],
  ['ledger show --stack a --ledger disk', 'error: --ledger disk is none of tenant, file:PATH, none\n'],
  ['ledger show --stack a --concurrency 0', 'error: --concurrency 0 is no number between 1 and 256\n'],
  [
    'ledger show --stack a --max-requests-per-second none',
    'error: --max-requests-per-second none is no number between 0.01 and 10000\n',
  ],
  ['ledger show --stack a --log-level loud', 'error: --log-level loud is none of error, warn, info, debug\n'],
  ['destroy --stack a --yes --max-deletes few', 'error: --max-deletes few is no whole number\n'],
  [
    'destroy --stack a --yes --force everything',
    'error: --force everything names no rule\n  the rules that can be overridden: protect, replace, limit, cascade\n',
  ],
  [
    'validate',
    'error: no manifest: there is no logto.yaml in this folder\n  name one with -f FILE, or let `logto-iac init` write a first one\n',
  ],
  ['validate --var color -f -', 'error: --var needs a name and a value\n  write --var name=value\n'],
])('logto-iac %s is exit 3 and told before anything is asked of a server', async (line, message) => {
  expect(await runCli(line.split(' '), { tenant, folder: __dirname })).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: message,
  });
});
