import { kinds } from '../../src/kinds';
import { openSession } from '../../src/index';
import type { Kind } from '../../src/kinds/kind';
import type { Session } from '../../src/reconcile';
import { nameOf, operationOf, operations } from '../kinds/server-document';
import { elsewhere, leftOutOperations, matches, onCloudOnly, reasonFor } from './left-out-operations';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';
import { live, pathsOf, withIssuer } from './live';
import { lives, neverChanged } from './lives';

// More with LOGTO_IAC_LIFE_SEEDS=7,8,9.
const seeds = (process.env['LOGTO_IAC_LIFE_SEEDS'] ?? '1,20261126').split(',').map(Number);

const allKinds: readonly Kind[] = kinds
  .filter(({ link }) => !link)
  .flatMap((kind) => [kind, ...Object.values(kind.children ?? {})]);
const allPaths = allKinds.flatMap(({ name: kindName, fields, keyField }) =>
  pathsOf(Object.fromEntries(Object.entries(fields).filter(([name]) => name !== keyField))).map(
    (path) => `${kindName}.${path}`,
  ),
);

const emulator = useEmulator();
const changed = new Set<string>();
const used = new Set<string>();
let refused = 0;

/** Remembers which operations have been used. */
async function note(): Promise<void> {
  const { requests } = await emulator.requests();
  for (const { method, path } of requests) {
    const operation = operationOf(method, path);
    if (operation !== undefined) used.add(operation);
  }
}

/** The emulator, or the tenant of a Logto that somebody runs for this: LOGTO_IAC_LIFE_ENDPOINT and its application. */
function session(): Session {
  const {
    LOGTO_IAC_LIFE_ENDPOINT: endpoint,
    LOGTO_APP_ID: appId = '',
    LOGTO_APP_SECRET: appSecret = '',
  } = process.env;
  if (endpoint !== undefined) return openSession({ endpoint, appId, appSecret });
  const { url, ...credentials } = emulator;
  return openSession({ endpoint: url, ...credentials });
}

describe.each(seeds)('with the seed %d', (seed) => {
  test.each(lives.map((life) => [[life.kind, life.shape].filter(Boolean).join(', '), life] as const))(
    '%s: created, each field changed by one change, removed',
    async (_name, life) => {
      const lived = await live(withIssuer(life), session(), seed);
      for (const path of lived.changed) changed.add(`${life.kind}.${path}`);
      refused += lived.refused;
      await note();
    },
  );
});

describe('what a life of single fields does not show', () => {
  const { plan, apply } = testSession(emulator);
  afterEach(async () => {
    await note();
  });

  test('a secret whose key is renamed is renamed, and keeps its value', async () => {
    const manifest = (secrets: string) =>
      `applications: { worker: { name: Worker, type: MachineToMachine, secrets: { ${secrets} } } }`;
    await apply(manifest('old: {}'));
    const values = async () => {
      const { body: applications } = await emulator.request('GET', '/api/applications');
      const worker = (applications as readonly { id: string; name: string }[]).find(
        ({ name }) => name === 'Worker',
      );
      const { body } = await emulator.request('GET', `/api/applications/${worker?.id ?? ''}/secrets`);
      return new Map(
        (body as readonly { name: string; value: string }[]).map(({ name, value }) => [name, value]),
      );
    };
    const value = (await values()).get('old');
    const renamed = `${manifest('new: {}')}
moved: [{ from: applications.worker.secrets.old, to: applications.worker.secrets.new }]`;
    const { actions } = await plan(renamed);
    expect(actions.map(({ type, changes }) => [type, ...changes])).toEqual([
      ['update', expect.objectContaining({ path: ['name'], before: 'old', after: 'new' })],
    ]);
    await apply(renamed);
    expect((await plan(manifest('new: {}'))).actions).toEqual([]);
    expect((await values()).get('new')).toBe(value);
    expect(await values()).not.toHaveProperty('old');
  });

  test('the certificate in use of a SAML application is handed over, and the former one deleted afterwards', async () => {
    const manifest = (secrets: string) =>
      `samlApplications: { desk: { name: Desk, secrets: { ${secrets} } } }`;
    await apply(manifest('first: { lifeSpanInYears: 1, active: true }'));
    const next = manifest('first: { lifeSpanInYears: 1 }, next: { lifeSpanInYears: 2, active: true }');
    await apply(next);
    expect((await plan(next)).actions).toEqual([]);
    const only = manifest('next: { lifeSpanInYears: 2, active: true }');
    expect((await plan(only)).actions.map(({ type, address }) => [type, address])).toEqual([
      ['delete', 'samlApplications.desk.secrets.first'],
    ]);
    await apply(only);
    expect((await plan(only)).actions).toEqual([]);
  });
});

test('together these lives change every field of every kind', () => {
  const covers = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);
  const unchanged = allPaths.filter(
    (path) =>
      ![...changed].some((one) => covers(path, one)) &&
      !Object.keys(neverChanged).some((one) => covers(path, one)),
  );
  expect(unchanged).toEqual([]);
  console.log(`lives: ${changed.size} fields changed, ${refused} values refused before a write`);
});

const isElsewhere = process.env['LOGTO_IAC_LIFE_ENDPOINT'] !== undefined;

(isElsewhere ? test.skip : test)(
  'every operation of the server’s own document is used for a kind, or left out with a reason',
  () => {
    const all = operations.map(nameOf);
    const others = all.filter(
      (name) => !used.has(name) && !onCloudOnly.includes(name) && !elsewhere.includes(name),
    );
    expect(others.filter((name) => reasonFor(name) === undefined)).toEqual([]);
    // A reason for what is used after all, or is not there, misleads.
    const reasons = leftOutOperations.flatMap(([names]) => names);
    expect(reasons.filter((name) => !others.some((other) => matches(other, name)))).toEqual([]);
    const configurable = all.length - others.length;
    console.log(
      `kinds ${allKinds.length}, fields ${allPaths.length}, operations covered ${configurable} of ${configurable}, left out ${others.length} ` +
        `(of the covered: ${onCloudOnly.length} on Logto Cloud only, ${elsewhere.length} in other tests)`,
    );
  },
);
