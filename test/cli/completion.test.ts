import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { complete } from '../../src/cli/complete';
import { manPage } from '../../src/cli/man-page';
import { makeProgram } from '../../src/cli/program';
import { runCli } from '../support/run-cli';
import { useFolder } from './folder';
import { program as main } from './running';

const folder = useFolder();
const program = makeProgram(() => undefined);

/** What is offered for the end of a line; `…` where files are. */
function offered(line: string): readonly string[] {
  const words = line.split(' ');
  const { candidates, files } = complete(program, words.slice(0, -1), words.at(-1) ?? '');
  return [...candidates.map(({ value }) => value), ...(files ? ['…'] : [])];
}

test.each([
  ['dr', ['drift']],
  ['ledger ', ['show', 'export', 'import', 'help']],
  ['ledger show --st', ['--stack']],
  ['plan --format ', ['text', 'json', 'markdown', 'junit', 'sarif', 'github', 'html']],
  ['plan --format ma', ['markdown']],
  ['plan --format=ma', ['--format=markdown']],
  ['plan --format markdown --detailed', ['--detailed-exitcode']],
  ['plan -f ', ['…']],
  ['plan -f plan ', []],
  ['plan -f apply --allow-r', ['--allow-replace']],
  ['apply ', ['…']],
  ['apply plan.json ', []],
  ['plan --var ', []],
  ['schema dr', ['drift', 'drift-tenants']],
  ['completion ', ['bash', 'zsh', 'fish', 'powershell']],
  ['compl', ['completion']],
])('%s is completed by what the help knows', (line, expected) => {
  expect(offered(line)).toEqual(expected);
});

test('each shell has a script, and no other one has', async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
    const { stdout, exitCode } = await runCli(['completion', shell]);
    expect({ shell, exitCode, asks: stdout.includes('logto-iac complete ') }).toEqual({
      shell,
      exitCode: 0,
      asks: true,
    });
  }
  expect(await runCli(['completion', 'csh'])).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'error: there is no completion for "csh"\n  the shells are bash, zsh, fish, powershell\n',
  });
});

test('bash completes words, values behind an equals sign, and says where files may stand', () => {
  folder.write({ 'bin/logto-iac': `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n` });
  chmodSync(join(folder.path, 'bin', 'logto-iac'), 0o755);
  const script = `compopt() { COMPREPLY+=(files); }
source <(logto-iac completion bash)
at() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _logto_iac; echo "\${COMPREPLY[@]}"; }
at logto-iac ledger ''
at logto-iac plan --format = ma
at logto-iac apply ''`;
  const environment = {
    ...process.env,
    PATH: [join(folder.path, 'bin'), process.env['PATH']].join(delimiter),
  };
  expect(execFileSync('bash', ['-c', script], { env: environment, encoding: 'utf8' })).toBe(
    'show export import help\nmarkdown\nfiles\n',
  );
});

test('the manual page tells each command with its options and examples, the environment and the exit codes', () => {
  const page = manPage(program, '1.2.3');
  expect(page.split('\n').filter((line) => /^\.(TH|SH|SS) /.test(line))).toEqual([
    '.TH LOGTO-IAC 1 "" "logto-iac 1.2.3" "User Commands"',
    ...['.SH NAME', '.SH SYNOPSIS', '.SH DESCRIPTION', '.SH COMMANDS'],
    ...program.commands
      .filter((command) => command.name() !== 'complete')
      .flatMap((command) =>
        command.commands.length > 0
          ? command.commands.map((inner) => expect.stringMatching(`^.SS logto.+ ${inner.name()} `) as string)
          : [expect.stringMatching(`^.SS logto.+ ${command.name()} `) as string],
      ),
    ...['.SH ENVIRONMENT', '.SH EXIT STATUS', '.SH EXAMPLES'],
  ]);
  expect(page).toContain('.TP\n.B \\-\\-allow\\-replace\nDo not refuse replacements.\n');
  expect(page).toContain('.nf\n  logto\\-iac drift \\-f tenant/ || notify\n');
  expect(page).toContain('.TP\n.B 6\nApply ended part\\-way.\n');
});
