import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { useEmulator, type TestEmulator } from '../support/emulator';
import { useSecondEmulator } from '../support/second-emulator';

const example = join(__dirname, '..', '..', 'examples', 'environments');
const program = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
const tenants = { dev: useEmulator(), staging: useSecondEmulator(), prod: useSecondEmulator() };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-iac-environments-'));
  cpSync(example, folder, { recursive: true });
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'logto-iac'),
    `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`,
  );
  chmodSync(join(folder, 'bin', 'logto-iac'), 0o755);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const page = readFileSync(join(example, 'README.md'), 'utf8');
const blocksOf = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text ?? '');

/** The shell blocks of the page, in its order. */
const [copy = '', inEnvironment = '', ...blocks] = blocksOf('sh');
/** What the page says that the first comparison prints. */
const [shown = ''] = blocksOf('text');

interface Ran {
  readonly line: string;
  readonly exitCode: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of the page as somebody does who follows it. */
function run(line: string): Promise<Ran> {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('LOGTO_'));
  const env = {
    ...Object.fromEntries(environment),
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
  };
  return new Promise((resolve) => {
    execFile('sh', ['-c', `${inEnvironment}${line}`], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ line, exitCode: error?.code ?? 0, stdout, stderr });
    });
  });
}

async function runNextBlock(): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  for (const line of (blocks.shift() ?? '').trimEnd().split('\n')) ran.push(await run(line));
  for (const { stdout, stderr } of ran) expect(stdout + stderr).not.toContain('canary-');
  return ran;
}

/** Fills in a copy of the example of an environment. */
function fillIn(name: string, { url, appId, appSecret }: TestEmulator): void {
  const file = join(folder, 'env', `${name}.env`);
  const values: Readonly<Record<string, string>> = {
    LOGTO_ENDPOINT: url,
    LOGTO_APP_ID: appId,
    LOGTO_APP_SECRET: appSecret,
    GITHUB_CLIENT_SECRET: `canary-github of ${name}`,
    SMTP_PASSWORD: `canary-smtp of ${name}`,
  };
  const text = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    text.replace(
      /^([A-Z_]+)='.*'$/gm,
      (_line, variable: string) => `${variable}='${values[variable] ?? ''}'`,
    ),
  );
}

/** What somebody does in the Console of dev: a new permission for an old role, and another colour. */
async function tryInConsole(dev: TestEmulator): Promise<void> {
  const list = async (path: string) =>
    (await dev.request('GET', `${path}?page=1&page_size=100`)).body as readonly {
      id: string;
      name: string;
    }[];
  const idOf = async (path: string, name: string) =>
    (await list(path)).find((one) => one.name === name)?.id ?? '';
  const scopes = `/api/resources/${await idOf('/api/resources', 'Orders API')}/scopes`;
  const refund = { name: 'orders:refund', description: 'Give money back' };
  const { id } = (await dev.request('POST', scopes, refund)).body as { id: string };
  const role = await idOf('/api/roles', 'Fulfilment');
  await dev.request('POST', `/api/roles/${role}/scopes`, { scopeIds: [id] });
  await dev.request('PATCH', '/api/sign-in-exp', {
    color: { primaryColor: '#004D40', isDarkModeEnabled: false, darkPrimaryColor: '#8768F8' },
  });
}

/** What somebody copies out of the export. */
function copyIntoBase(): void {
  const change = (name: string, before: string, after: string): void => {
    const file = join(folder, 'base', name);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(before);
    writeFileSync(file, text.replace(before, after));
  };
  change(
    'access.yaml',
    '      orders:write: { description: Change orders }\n',
    '      orders:write: { description: Change orders }\n      orders:refund: { description: Give money back }\n',
  );
  change('access.yaml', '[orders:read, orders:write]', '[orders:read, orders:refund, orders:write]');
  change('sign-in.yaml', '#0B6E4F', '#004D40');
}

const exitCodes = (ran: readonly Ran[]) => ran.map(({ exitCode }) => exitCode);

/** With the addresses of the examples, and without digests. */
function outputs(ran: readonly Ran[]): readonly string[] {
  const named = (text: string): string =>
    Object.entries(tenants).reduce(
      (renamed, [name, { url }]) => renamed.replaceAll(url, `https://acme-${name}.logto.app`),
      text,
    );
  return ran.map(({ stdout }) => named(stdout).replace(/ {3}digest \w+/, ''));
}

const promoted = `+ apiResources.orders.scopes.orders:refund
    name         "orders:refund"
    description  "Give money back"
~ roles.fulfilment
    scopes.orders  ["orders:read","orders:write"] → ["orders:read","orders:refund","orders:write"]
~ signInExperience
    color.primaryColor  "#0B6E4F" → "#004D40"

1 to create, 2 to update, 8 unchanged
`;

test('everything that the page says is done as it says, and ends with what the overlays say', async () => {
  expect(await run(copy)).toMatchObject({ exitCode: 0, stderr: '' });
  for (const [name, tenant] of Object.entries(tenants)) fillIn(name, tenant);
  expect(exitCodes(await runNextBlock())).toEqual([0, 0, 0]);
  const compared = await runNextBlock();
  expect(exitCodes(compared)).toEqual([2]);
  expect(outputs(compared)).toEqual([shown]);

  await tryInConsole(tenants.dev);
  const tried = await runNextBlock();
  expect(exitCodes(tried)).toEqual([2, 2]);
  const [drift, diff] = outputs(tried);
  expect(drift).toMatch(
    /^~ roles\.fulfilment .*^~ signInExperience .*^\? apiResources\.scopes {2}"orders:refund"/ms,
  );
  expect(diff).toMatch(
    /^\+ apiResources\.orders\.scopes\.orders:refund .*^2 only in dev, 4 different, 9 the same$/ms,
  );
  const [exported] = await runNextBlock();
  expect(exported?.stdout).toMatch(
    /^ {2}orders:\n.*^ {6}orders:refund:\n {8}description: Give money back\n.*primaryColor: "#004D40"$/ms,
  );

  copyIntoBase();
  const reviewed = await runNextBlock();
  expect(exitCodes(reviewed)).toEqual([0, 0, 0]);
  expect(outputs(reviewed)).toEqual([
    '→ apiResources.orders.scopes.orders:refund   exists already with the same name\n\n1 to adopt, 11 unchanged\n',
    promoted,
    promoted,
  ]);
  expect(exitCodes(await runNextBlock())).toEqual([0, 0, 0]);

  const ended = await runNextBlock();
  expect(exitCodes(ended)).toEqual([2, 2, 0]);
  expect(outputs(ended)).toEqual([
    shown.replace('10 the same', '11 the same'),
    expect.stringMatching(/^staging .*\n2 different, 12 the same\n$/s),
    'No drift: 11 resources as stated.\n',
  ]);

  const begun = await runNextBlock();
  expect(exitCodes(begun)).toEqual([0, 0, 0]);
  expect(outputs(begun).at(-1)).toMatch(/^Nothing to do: /);
  expect(blocks).toEqual([]);
}, 180_000);
