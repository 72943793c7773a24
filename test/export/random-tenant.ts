import fc from 'fast-check';
import { stringify } from 'yaml';
import { ManifestError, RefusedError } from '../../src/errors';
import { apply, plan } from '../../src/index';
import { isObject, type Json, type JsonObject } from '../../src/json';
import { kindNamed } from '../../src/kinds';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Session } from '../../src/reconcile';
import type { TestTenant } from '../faults/tenant';
import type { Life } from '../life/life';
import { leavesOf, manifestOf, withIssuer, withValue } from '../life/live';
import { lives } from '../life/lives';
import { valuesOf } from '../life/values';

/** What a random tenant is made of: resources of all kinds with wild values, and objects made by other hands. */
export interface RandomTenant {
  readonly lives: readonly RandomLife[];
  readonly others: readonly OtherObject[];
}

interface RandomLife {
  readonly life: Life;
  /** Values to give to its fields, as far as they are taken. */
  readonly values: readonly (readonly [path: readonly string[], value: Json])[];
}

interface OtherObject {
  readonly path: string;
  readonly body: JsonObject;
}

const randomLife = (life: Life): fc.Arbitrary<RandomLife> =>
  fc
    .tuple(
      ...leavesOf(kindNamed(life.kind).fields, life).map(({ path, field }) => {
        const stated = life.values?.[path.join('.')];
        const values = Array.isArray(stated)
          ? fc.constantFrom(...(stated as readonly Json[]))
          : ((stated as fc.Arbitrary<Json> | undefined) ?? valuesOf(field, life.referable));
        return fc.option(
          values.map((value) => [path, value] as const),
          { freq: 1, nil: undefined },
        );
      }),
    )
    .map((values) => ({ life, values: values.filter((value) => value !== undefined) }));

/** Names that people do give, and names that nobody should. */
const name = fc.oneof(
  fc.constantFrom('Shop', 'shop', 'Shop!', 'SHOP 2', 'Übersicht', '日本語', '😀', '...', '-', '${var.x}'),
  fc.constantFrom('# no comment: yes', ' spaced ', 'two\nlines', 'tail \r\n', '<<', 'null', '1', '__proto__'),
  fc.constantFrom('x'.repeat(128), '…'.repeat(128), 'abcdefghijklmnopqrstu', 'see abcdefghijklmnopqrstu'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }).filter((text) => !text.includes('\u0000')),
);

/** As they are made in the Console; of equal names there may be several. */
const otherObject: fc.Arbitrary<OtherObject> = fc.oneof(
  fc
    .record({
      name,
      type: fc.constantFrom('SPA', 'Traditional', 'Native', 'MachineToMachine'),
      description: fc.oneof(fc.constant(null), name),
      customData: fc.dictionary(name, fc.oneof(name, fc.integer(), fc.constant(null)), { maxKeys: 3 }),
    })
    .map(({ type, ...body }) => ({
      path: '/api/applications',
      body: { ...body, type, oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] } },
    })),
  fc.record({ name, description: name }).map((body) => ({ path: '/api/organizations', body })),
  fc.record({ name, description: name }).map((body) => ({ path: '/api/roles', body })),
  fc.record({ name }).map((body) => ({ path: '/api/organization-roles', body })),
);

const isSameObject = (left: Life, right: Life): boolean =>
  left.kind === right.kind && left.keys.join() === right.keys.join();

const chosenLives: fc.Arbitrary<readonly RandomLife[]> = fc
  .shuffledSubarray([...lives], { minLength: 1, maxLength: 5 })
  .map((some) => some.filter((life, index) => some.findIndex((other) => isSameObject(life, other)) === index))
  .chain((some) => fc.tuple(...some.map(withIssuer).map(randomLife)));

export const randomTenants: fc.Arbitrary<RandomTenant> = fc.record({
  lives: chosenLives,
  others: fc.array(otherObject, { maxLength: 6 }),
});

/** Fills a fresh tenant; what it does not take together is left out. Leaves no ledger. */
export async function fill(random: RandomTenant, tenant: TestTenant, session: Session): Promise<void> {
  for (const { path, body } of random.others) {
    const { status } = await tenant.request('POST', path, body);
    // Names of roles are unique.
    if (status >= 300 && status !== 422) throw new Error(`POST ${path}: ${status}`);
  }
  let document: JsonObject = {};
  for (const { life, values } of random.lives) {
    const spec = await acceptable(life, values);
    for (const candidate of [spec, life.full]) {
      const next = merge(document, manifestOf(life, candidate)) as JsonObject;
      if (!(await isTaken(next, session))) continue;
      document = next;
      break;
    }
  }
  const result = await apply(await plan(await manifestFrom(document), session), session, { lock: false });
  const failure = result.outcomes.find(({ status }) => status === 'failed');
  if (failure?.status === 'failed') throw failure.error;
}

/** The life's resource with as many of the values as a manifest may state together. */
async function acceptable(life: Life, values: RandomLife['values']): Promise<JsonObject> {
  let spec = life.full;
  for (const [path, value] of values) {
    const changed = withValue(spec, path, value);
    if (await isValid(manifestOf(life, changed))) spec = changed;
  }
  return spec;
}

const manifestFrom = (document: JsonObject) =>
  parseManifest([{ name: 'tenant.yaml', text: stringify(document, { lineWidth: 0 }) }], {
    allowEmpty: true,
    environment: {},
  });

async function isValid(document: JsonObject): Promise<boolean> {
  try {
    await manifestFrom(document);
    return true;
  } catch (error) {
    if (error instanceof ManifestError) return false;
    throw error;
  }
}

async function isTaken(document: JsonObject, session: Session): Promise<boolean> {
  try {
    const planned = await plan(await manifestFrom(document), session);
    return planned.plan.blocked.length === 0;
  } catch (error) {
    if (error instanceof ManifestError || error instanceof RefusedError) return false;
    throw error;
  }
}

function merge(base: Json, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over;
  const merged = Object.entries(over).map(([key, value]) => {
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    return [key, below === undefined ? value : merge(below, value)] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}
