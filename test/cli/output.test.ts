import { statSync } from 'node:fs';
import { join } from 'node:path';

import { output } from '../../src/cli/commands/output';
import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { useFolder } from './folder';
import { startCli } from './running';

const emulator = useEmulator();
const folder = useFolder();

const manifest = `stack: acme
applications:
  worker: { name: Worker, type: MachineToMachine }
webhooks:
  audit: { name: Audit, events: [User.Created], config: { url: https://audit.example.com } }
`;

const run = (...args: readonly string[]) => runCli(args, { folder: folder.path, tenant: emulator });

interface Made {
  readonly id: string;
  readonly clientSecret: string;
  readonly signingKey: string;
}

async function applied(): Promise<Made> {
  folder.write({ 'logto.yaml': manifest });
  await run('apply', '--yes');
  const { body: hooks } = await emulator.request('GET', '/api/hooks');
  const [{ signingKey } = { signingKey: '' }] = hooks as readonly { readonly signingKey: string }[];
  const { body: applications } = await emulator.request('GET', '/api/applications?search=Worker');
  const [{ id } = { id: '' }] = applications as readonly { readonly id: string }[];
  const { body: secrets } = await emulator.request('GET', `/api/applications/${id}/secrets`);
  const [{ value } = { value: '' }] = secrets as readonly { readonly value: string }[];
  return { id, clientSecret: value, signingKey };
}

/** Those of the secrets that can be found in what was written, also as Kubernetes keeps them. */
function found({ clientSecret, signingKey }: Made, ...texts: readonly string[]): readonly string[] {
  const secrets = [clientSecret, signingKey, emulator.appSecret];
  expect(secrets.every((secret) => secret.length > 8)).toBe(true);
  return secrets.filter((secret) =>
    [secret, Buffer.from(secret).toString('base64')].some((trace) =>
      texts.some((text) => text.includes(trace)),
    ),
  );
}

test('no secret is written anywhere unless somebody asks for secrets, and then only where they are meant to go', async () => {
  const made = await applied();
  for (const args of [
    ['output', '--log-level', 'debug'],
    ['output', '--list', '--reveal-secrets', '--log-level', 'debug'],
    ['output', '--format', 'k8s-secret', '--log-level', 'debug'],
    ['doctor', '--log-level', 'debug'],
  ]) {
    const { exitCode, stdout, stderr } = await run(...args);
    expect({ args, exitCode, found: found(made, stdout, stderr) }).toEqual({ args, exitCode: 0, found: [] });
    expect(stdout).not.toBe('');
  }
  folder.write({ 'worker.env': 'what was there before\n' });
  const words = ['output', '--reveal-secrets', '--only', 'applications', '--to', 'worker.env'];
  expect(await run(...words, '--log-level', 'debug')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringMatching(
      /^debug request [^]*\nWrote 2 values to worker\.env\.\ninfo total .+\n$/,
    ) as string,
  });
  expect(folder.read('worker.env')).toBe(
    `APPLICATIONS_WORKER_CLIENT_ID=${made.id}\nAPPLICATIONS_WORKER_CLIENT_SECRET=${made.clientSecret}\n`,
  );
  expect(statSync(join(folder.path, 'worker.env')).mode & 0o777).toBe(0o600);
  expect(folder.names()).toEqual(['logto.yaml', 'worker.env']);
});

test('a command gets the values in its environment, not in its arguments, and nothing of what this tool signs in with', async () => {
  const made = await applied();
  const command =
    'echo "$APP_ID $APP_SECRET [$LOGTO_APP_ID$LOGTO_APP_SECRET] $LOGTO_ENDPOINT"; ' +
    'tr "\\0" " " < /proc/$$/cmdline; tr "\\0" " " < /proc/$PPID/cmdline; exit 7';
  const { exitCode, stdout, stderr } = await run(
    ...['output', '--reveal-secrets', '--name', 'APP_ID=applications.worker.clientId'],
    ...['--name', 'APP_SECRET=applications.worker.clientSecret', '--exec', command],
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 7, stderr: '' });
  const [first, rest = ''] = stdout.split(/\n(.*)/s);
  expect(first).toBe(`${made.id} ${made.clientSecret} [] ${emulator.url}`);
  expect(rest).toContain('--reveal-secrets');
  expect(found(made, rest)).toEqual([]);
});

test('a command gets the signals, and its end is ours: with its code, or with 128 and the signal that ended it', async () => {
  const start = (command: string) =>
    startCli(['output', '--stack', 'none', '--exec', command], { folder: folder.path, tenant: emulator });
  const [polite, rude] = [
    start('trap "echo stopped; exit 9" TERM; echo ready; for _ in 1 2 3 4 5 6 7 8 9; do sleep 1; done'),
    start('echo ready; exec sleep 9'),
  ];
  const end = async (running: typeof polite) => {
    await running.until('ready\n');
    running.kill('SIGTERM');
    return running.ended;
  };
  const ends = await Promise.all([polite, rude].map(end));
  expect(ends.map(({ exitCode }) => exitCode)).toEqual([9, 143]);
  expect(ends[0]?.output).toContain('stopped\n');
});

test.each([
  [{ list: true, to: 'x' }, '--list and --to exclude each other'],
  [{ exec: 'true', to: 'x' }, '--exec and --to exclude each other'],
  [
    { exec: 'true', format: 'json' },
    '--exec gives values to a command as they are, so that --format says nothing',
  ],
  [{ format: 'yaml' }, '--format yaml is none of dotenv, env, shell, json, k8s-secret'],
  [{ list: true, format: 'shell' }, '--format shell is none of dotenv, json'],
  [{ secretName: 'a' }, '--secret-name and --namespace are for --format k8s-secret'],
  [
    { name: ['applications.worker.clientId'] },
    '--name applications.worker.clientId needs a name and a value',
  ],
  [
    { format: 'k8s-secret', stack: 'Acme' },
    '"logto-Acme" is no name of a Secret: Kubernetes takes small letters',
  ],
])('%j is refused before anything is asked', async (flags, message) => {
  await emulator.resetRequests();
  await expect(output({ stack: 'acme', ...flags })).rejects.toThrow(message);
  expect((await emulator.requests()).total).toBe(0);
});
