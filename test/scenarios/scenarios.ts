// Each folder here is a scenario; its name says what it shows.
//   tenant-at-first.json  what is in the tenant before anything else
//   before*.yaml          manifests that are applied, in this order: what their stacks own
//   tenant.json           what happens to the tenant behind their back
//   manifest.yaml …       all other files lie in the folder in which the commands run
//   faults.json           what fails during each command; see src/emulator/http/faults.ts
//   command.txt           one command a line, with variables before it as in a shell; without it: plan -f manifest.yaml
//   plan.txt, stderr.txt, exit-code, after.json    what is expected; UPDATE_SCENARIOS=1 writes them
// An id is written {application Web shop}, {role Auditor}, {organization Acme}, {permission orders:read of Orders API} …
// (sections.ts has the nouns); the second object of a name is {application Web shop#2}.
// Values that hold `canary` are secrets: they, and those that Logto makes, are neither in what a command says nor in a ledger.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

import { loadManifest, parseManifest } from '../../src/manifest/load-manifest';
import { openSession } from '../../src/open-session';
import { apply, plan } from '../../src/reconcile';
import { useEmulator, type TestEmulator } from '../support/emulator';
import { runCli, type CliResult } from '../support/run-cli';
import { describeTenant, type Description } from './describe-tenant';
import { lookAnew } from './look';
import { prepareTenant, type TenantFile } from './prepare-tenant';
import { Tokens } from './tokens';

const scenarios = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
let emulator: TestEmulator;

/** Declares a test for each scenario of one of so many parts: they take long together, and workers share the parts. */
export function testScenarios(part: number, parts: number): void {
  emulator = useEmulator();
  test.each(scenarios.filter((_, index) => index % parts === part))('%s', async (name) => {
    const scenario = await prepare(join(__dirname, name));
    try {
      const actual = await run(scenario);
      if (process.env['UPDATE_SCENARIOS'] === '1') writeExpectations(scenario.source, actual);
      expect(actual).toEqual(readExpectations(scenario.source));
    } finally {
      rmSync(scenario.folder, { recursive: true });
    }
  });
}

interface Scenario {
  /** In the repository. */
  readonly source: string;
  /** A copy of its files, with real ids in them. */
  readonly folder: string;
  readonly commands: readonly string[];
  readonly faults: readonly object[];
  readonly tokens: Tokens;
}

/** What a scenario comes to, by file name; an absent file is an empty one. */
type Expectations = Readonly<Record<'plan.txt' | 'stderr.txt' | 'exit-code' | 'after.json', string>>;

/** What a fresh tenant comes to. */
let fresh: Description | undefined;

async function prepare(source: string): Promise<Scenario> {
  lookAnew();
  const tokens = new Tokens();
  await tokens.learn(emulator);
  fresh ??= await describeTenant(emulator, tokens);
  const read = (file: string) => readFileSync(join(source, file), 'utf8');
  const files = readdirSync(source).sort();
  const change = async (file: string) => {
    if (files.includes(file)) await prepareTenant(emulator, JSON.parse(read(file)) as TenantFile, tokens);
    await tokens.learn(emulator);
  };
  await change('tenant-at-first.json');
  for (const file of files.filter((name) => /^before.*\.yaml$/.test(name))) {
    await applyBefore(file, tokens.toIds(read(file)));
    await tokens.learn(emulator);
  }
  await change('tenant.json');
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  for (const file of files.filter((name) => !ownFiles.includes(name))) {
    writeFileSync(join(folder, file), tokens.toIds(read(file)));
  }
  const commands = files.includes('command.txt')
    ? read('command.txt').trim().split('\n')
    : ['plan -f manifest.yaml'];
  const faults = files.includes('faults.json')
    ? (JSON.parse(tokens.toIds(read('faults.json'))) as readonly object[])
    : [];
  return { source, folder, commands, faults, tokens };
}

async function applyBefore(name: string, text: string): Promise<void> {
  const session = connect();
  const options = { adopt: true, allowReplace: true };
  const result = await apply(await plan(await parseManifest([{ name, text }]), session, options), session);
  session.tenant.close();
  for (const outcome of result.outcomes) {
    if (outcome.status === 'failed') throw outcome.error;
  }
}

interface Result extends CliResult {
  readonly command: string;
}

const connect = () =>
  openSession({
    endpoint: emulator.url,
    appId: emulator.appId,
    appSecret: emulator.appSecret,
    resource: emulator.resource,
  });

async function run(scenario: Scenario): Promise<Expectations> {
  const { commands, tokens } = scenario;
  const before = await describeTenant(emulator, tokens, fresh);
  const results: Result[] = [];
  for (const command of commands) {
    const result = await runCommand(command, scenario);
    await tokens.learn(emulator);
    results.push({ command, ...result });
  }
  const after = await describeTenant(emulator, tokens, fresh);
  const writes = commands.some((command) => /\b(apply|destroy|adopt|import)\b/.test(command));
  if (!writes) expect(after).toEqual(before);
  await expectNothingLeft(scenario, results.at(-1));
  await expectNoSecrets(results);
  // With more than one command, each is told before what it said.
  const transcript = (texts: readonly { readonly command: string; readonly text: string }[]) =>
    texts.length === 1
      ? (texts[0]?.text ?? '')
      : texts.map(({ command, text }) => `$ logto-iac ${command}\n${text}`).join('\n');
  const text = (stream: 'stdout' | 'stderr') =>
    inWords(
      transcript(results.map((result) => ({ command: result.command, text: result[stream] }))),
      tokens,
      emulator,
    );
  return {
    'plan.txt': text('stdout'),
    'stderr.txt': results.every(({ stderr }) => stderr === '') ? '' : text('stderr'),
    'exit-code': `${results.map(({ exitCode }) => String(exitCode)).join('\n')}\n`,
    'after.json': writes
      ? `${JSON.stringify({ tenant: after, ledgers: await ledgers(tokens) }, null, 2)}\n`
      : '',
  };
}

async function runCommand(line: string, { folder, faults }: Scenario): Promise<CliResult> {
  const { args, environment } = parseCommand(line);
  await emulator.faults(faults);
  const result = await runCli(args, { folder, tenant: emulator, environment });
  await emulator.faults([]);
  return result;
}

function parseCommand(line: string) {
  const words = line.trim().split(/\s+/);
  const firstArgument = words.findIndex((word) => !/^\w+=/.test(word));
  const variables = words
    .slice(0, firstArgument)
    .map((word) => [word.split('=')[0], word.replace(/^\w+=/, '')]);
  return {
    args: words.slice(firstArgument),
    environment: Object.fromEntries(variables) as Record<string, string>,
  };
}

/** After an apply that succeeded there is nothing left to do. */
async function expectNothingLeft({ folder }: Scenario, last: Result | undefined): Promise<void> {
  if (last?.exitCode !== 0 || !/\bapply\b.*--yes/.test(last.command)) return;
  const files = [...last.command.matchAll(/-f (\S+)/g)].map(([, file = '']) => join(folder, file));
  const { environment } = parseCommand(last.command);
  const session = connect();
  const { plan: again } = await plan(await loadManifest({ files, environment }), session);
  session.tenant.close();
  expect(again.actions).toEqual([]);
}

/** Nothing that a command says, or keeps, holds a secret: one that the scenario calls so, or one that Logto has made. */
async function expectNoSecrets(results: readonly Result[]): Promise<void> {
  const list = async (path: string) =>
    (await emulator.request('GET', path)).body as readonly Readonly<Record<string, string>>[];
  const applications = await list('/api/applications');
  const secrets = await Promise.all(
    applications.map(({ id = '' }) => list(`/api/applications/${id}/secrets`)),
  );
  const values = [...secrets.flat().map(({ value }) => value), ...(await list('/api/hooks')).map(({ signingKey }) => signingKey)];
  const said = results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
  const told = said + (await storedLedgers());
  expect(['canary', ...values].filter((value) => value !== undefined && told.includes(value))).toEqual([]);
}

/** The ledgers of all stacks, as they are stored. */
async function storedLedgers(): Promise<string> {
  const { body } = await emulator.request('GET', `/api/applications/${emulator.appId}`);
  const { customData } = body as {
    readonly customData: Readonly<Record<string, { readonly data?: string } | null>>;
  };
  const sections = Object.values(customData).flatMap((section) => section?.data ?? []);
  return sections.map((data) => inflateRawSync(Buffer.from(data, 'base64')).toString()).join('\n');
}

/** The output without what is different in every run: ids, addresses, digests, times, and the order of what is done at once. */
function inWords(text: string, tokens: Tokens, { url }: TestEmulator): string {
  const lines = tokens
    .toWords(text)
    .replaceAll(url, 'TENANT')
    .replaceAll(/digest( |": ")[0-9a-f]{32}/g, 'digest$1DIGEST')
    .replaceAll(/is now [0-9a-f]{32}/g, 'is now DIGEST')
    // Those that a scenario names are far away.
    .replaceAll(/20[0-4]\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\(\d+ requests?, \d+ of them writes, [^)]* s\)/g, '(COST)')
    .replaceAll(/\(request id [\w-]+\)/g, '(request id REQUEST)')
    .split('\n');
  return sortOutcomes(lines).join('\n');
}

/** Sorts what became of actions, each with the lines that belong to it, where they follow each other. */
function sortOutcomes(lines: readonly string[]): readonly string[] {
  const sorted: string[] = [];
  let run: string[] = [];
  for (const line of lines) {
    if (/^[✓✗·] /.test(line)) run.push(line);
    else if (run.length > 0 && line.startsWith('    ')) run.push(`${run.pop() ?? ''}\n${line}`);
    else {
      sorted.push(...run.sort(), line);
      run = [];
    }
  }
  return [...sorted, ...run.sort()];
}

/** Which stack owns what. */
async function ledgers(tokens: Tokens): Promise<unknown> {
  const { body } = await emulator.request('GET', `/api/applications/${emulator.appId}`);
  const { customData } = body as { readonly customData: Readonly<Record<string, unknown>> };
  const stacks = new Set(
    Object.keys(customData).flatMap((key) => /^logto-iac\/(.*)\/\w+$/.exec(key)?.[1] ?? []),
  );
  const session = connect();
  const described: Record<string, unknown> = {};
  for (const stack of [...stacks].sort()) {
    const { entries, intents } = await session.home.read(stack);
    const lines = [...entries].map(([address, { id, source, adopted, protect, release }]) => {
      const notes = [source, adopted && 'adopted', protect && 'protect', release && 'release'].filter(
        Boolean,
      );
      return [address, [tokens.toWords(id), ...notes].join(', ')] as const;
    });
    const announced = [...intents.keys()].map((address) => [address, 'announced'] as const);
    if (lines.length + announced.length > 0)
      described[stack] = Object.fromEntries([...lines, ...announced].sort());
  }
  session.tenant.close();
  return described;
}

const expectedFiles = ['plan.txt', 'stderr.txt', 'exit-code', 'after.json'] as const;
/** Of a scenario, and not in the folder in which its commands run. */
const ownFiles: readonly string[] = [
  ...expectedFiles,
  'command.txt',
  'faults.json',
  'tenant-at-first.json',
  'tenant.json',
];

function readExpectations(source: string): Expectations {
  const read = (file: string) =>
    existsSync(join(source, file)) ? readFileSync(join(source, file), 'utf8') : '';
  return Object.fromEntries(expectedFiles.map((file) => [file, read(file)])) as unknown as Expectations;
}

function writeExpectations(source: string, actual: Expectations): void {
  for (const file of expectedFiles) {
    if (actual[file] === '') rmSync(join(source, file), { force: true });
    else writeFileSync(join(source, file), actual[file]);
  }
}
