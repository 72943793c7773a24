import { RefusedError } from '../errors.js';
import type { TenantObject } from '../kinds/kind.js';
import { timeOf, type Tenant } from '../management-api/connect.js';
import type { Discovery } from '../management-api/discovery.js';
import { readLists } from '../state/read-lists.js';
import type { Named, ObjectSource, OutputValue } from './value.js';

/** What was read, and what could not be. */
export interface ReadValues {
  readonly values: readonly OutputValue[];
  /** In words: which value, and why. */
  readonly omissions: readonly string[];
}

/**
 * Reads values from the tenant, each list once.
 *
 * @throws {RefusedError} the tenant does not have what somebody asked for by its name
 * @throws {ApiError} the tenant could not be read
 */
export async function readValues(named: readonly Named[], tenant: Tenant): Promise<ReadValues> {
  const discovery = await tenant.discover();
  const objects = await readObjects(named, tenant);
  const now = timeOf(tenant);
  const reading = await Promise.all(
    named.map((value) => readOne(value, { tenant, discovery, objects, now })),
  );
  const omissions = reading.filter((one): one is Omission => 'why' in one);
  const missing = omissions.filter(
    ({ value: { asked }, isNone }) => asked === 'value' || (asked === 'resource' && !isNone),
  );
  if (missing.length > 0) {
    throw new RefusedError(
      missing.map(({ value, why }) => `there is no ${value.place} to hand on: ${why}`).join('\n'),
      [],
      missing.some(({ isNone }) => isNone)
        ? '`logto-iac output --list` shows what there is'
        : '`logto-iac plan` shows whether an apply makes it',
    );
  }
  return {
    values: reading.filter((one): one is OutputValue => !('why' in one)),
    omissions: omissions.filter(({ isNone }) => !isNone).map(({ value, why }) => `${value.place}: ${why}`),
  };
}

interface Omission {
  readonly value: Named;
  readonly why: string;
  /** Objects of that sort have no such value, so that nothing is missing. */
  readonly isNone: boolean;
}

interface Source {
  readonly tenant: Tenant;
  readonly discovery: Discovery;
  readonly objects: ReadonlyMap<string, TenantObject>;
  readonly now: number;
}

async function readOne(
  named: Named,
  { tenant, discovery, objects, now }: Source,
): Promise<OutputValue | Omission> {
  const { variable, place, isSecret, source } = named;
  const found = (value: string): OutputValue => ({ variable, place, isSecret, value });
  if (source.of === 'tenant') return found(source.read(discovery));
  const object = objects.get(source.id);
  if (!object) return { value: named, why: 'somebody deleted it from the tenant', isNone: false };
  const { output, children } = source;
  if (output.appliesTo && !output.appliesTo(object.fields)) {
    return { value: named, why: 'objects of its sort have none', isNone: true };
  }
  const { endpoint } = discovery;
  const value = await output.read(object, { api: tenant.read, endpoint, now, children });
  return value === undefined
    ? { value: named, why: output.lacking ?? 'it has none', isNone: false }
    : found(value);
}

/** The objects that values are read of, by their id. */
async function readObjects(
  named: readonly Named[],
  tenant: Tenant,
): Promise<ReadonlyMap<string, TenantObject>> {
  const sections = new Map<string, ObjectSource[]>();
  for (const { section, source } of named) {
    if (source.of === 'object') sections.set(section, [...(sections.get(section) ?? []), source]);
  }
  const { lists } = await readLists(tenant.read, new Set(sections.keys()), (name) => ({
    ids: [...new Set(sections.get(name)?.map(({ id }) => id))],
    resources: [],
  }));
  return new Map([...lists.values()].flat().map((object) => [object.id, object]));
}

/** Without what objects of their sort do not have, such as secrets of single-page applications. */
export async function withoutNone(named: readonly Named[], tenant: Tenant): Promise<readonly Named[]> {
  const objects = await readObjects(named, tenant);
  return named.filter(({ source }) => {
    const object = source.of === 'object' ? objects.get(source.id) : undefined;
    return !object || source.of !== 'object' || source.output.appliesTo?.(object.fields) !== false;
  });
}
