import { kinds } from '../../src/kinds';
import { openSession } from '../../src/index';
import type { Kind } from '../../src/kinds/kind';
import type { Session } from '../../src/reconcile';
import { useEmulator } from '../support/emulator';
import type { Json, JsonObject } from '../../src/json';
import type { Life } from './life';
import { live, pathsOf } from './live';
import { lives, neverChanged } from './lives';

// More with LOGTO_IAC_LIFE_SEEDS=7,8,9.
const seeds = (process.env['LOGTO_IAC_LIFE_SEEDS'] ?? '1,20261126').split(',').map(Number);

const emulator = useEmulator();
const changed = new Set<string>();
let refused = 0;

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

/** Answers like an identity provider, when a connector that names it is written. */
const issuer = process.env['LOGTO_IAC_LIFE_ISSUER'] ?? 'https://login.example.com';

/** The identity provider that a connector asks when it is written. */
function withIssuer(life: Life): Life {
  const place = (value: Json): Json =>
    JSON.parse(JSON.stringify(value).replaceAll('<<issuer>>', issuer)) as Json;
  const values = Object.entries(life.values ?? {}).map(
    ([path, arbitrary]) => [path, arbitrary.map(place)] as const,
  );
  return { ...life, full: place(life.full) as JsonObject, values: Object.fromEntries(values) };
}

describe.each(seeds)('with the seed %d', (seed) => {
  test.each(lives.map((life) => [[life.kind, life.shape].filter(Boolean).join(', '), life] as const))(
    '%s: created, each field changed by one change, removed',
    async (_name, life) => {
      const lived = await live(withIssuer(life), session(), seed);
      for (const path of lived.changed) changed.add(`${life.kind}.${path}`);
      refused += lived.refused;
    },
  );
});

test('together these lives change every field of every kind', () => {
  const all: readonly Kind[] = kinds
    .filter(({ link }) => !link)
    .flatMap((kind) => [kind, ...Object.values(kind.children ?? {})]);
  const paths = all.flatMap((kind) =>
    pathsOf(Object.fromEntries(Object.entries(kind.fields).filter(([name]) => name !== kind.keyField))).map(
      (path) => `${kind.name}.${path}`,
    ),
  );
  const covers = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);
  const unchanged = paths.filter(
    (path) =>
      ![...changed].some((one) => covers(path, one)) &&
      !Object.keys(neverChanged).some((one) => covers(path, one)),
  );
  expect(unchanged).toEqual([]);
  console.log(
    `lives: kinds ${all.length}, fields ${paths.length}, changed ${changed.size}, refused before a write ${refused}`,
  );
});
