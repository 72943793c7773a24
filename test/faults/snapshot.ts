import { canonicalJson, isObject, type Json, type JsonObject } from '../../src/json';
import type { ReadApi } from '../../src';
import type { Ledger } from '../../src/state/ledger';
import { tenantLedger } from '../../src/state/tenant-ledger';
import type { TestTenant } from './tenant';

/** Everything that these kinds can hold in a tenant, as the API tells it, by id. */
export interface Snapshot {
  readonly applications: Objects;
  readonly resources: Objects;
  readonly scopes: Objects;
  readonly roles: Objects;
  /** Ids of the scopes of each role. */
  readonly scopesOfRole: Links;
  /** Ids of the roles of each application. */
  readonly rolesOfApplication: Links;
}

export type Objects = ReadonlyMap<string, JsonObject>;
type Links = ReadonlyMap<string, readonly string[]>;

/** Reads a tenant without any of our own code. */
export async function readSnapshot(tenant: TestTenant): Promise<Snapshot> {
  const get = async (path: string): Promise<readonly JsonObject[]> => {
    const { status, body } = await tenant.request('GET', path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
    return body as readonly JsonObject[];
  };
  const getPages = async (path: string): Promise<readonly JsonObject[]> => {
    const found: JsonObject[] = [];
    for (let page = 1; ; page += 1) {
      const items = await get(`${path}?page=${page}&page_size=100`);
      found.push(...items);
      if (items.length < 100) return found;
    }
  };
  const [applications, resources, roles] = await Promise.all([
    get('/api/applications'),
    get('/api/resources?includeScopes=true'),
    getPages('/api/roles'),
  ]);
  const ids = (objects: readonly JsonObject[]): string[] => objects.map(idOf).sort();
  const linksOf = async (
    objects: readonly JsonObject[],
    read: (id: string) => Promise<readonly JsonObject[]>,
  ): Promise<Links> =>
    new Map(
      await Promise.all(
        objects.map(async (object) => [idOf(object), ids(await read(idOf(object)))] as const),
      ),
    );
  const machines = applications.filter(({ type }) => type === 'MachineToMachine');
  const [scopesOfRole, rolesOfApplication] = await Promise.all([
    linksOf(roles, (id) => get(`/api/roles/${id}/scopes`)),
    linksOf(machines, (id) => getPages(`/api/applications/${id}/roles`)),
  ]);
  return {
    applications: byId(applications),
    resources: byId(resources.map((resource) => omit(resource, ['scopes']))),
    scopes: byId(resources.flatMap(({ scopes }) => scopes as readonly JsonObject[])),
    roles: byId(roles.map(withoutCounters)),
    scopesOfRole,
    rolesOfApplication,
  };
}

const idOf = ({ id }: JsonObject): string => id as string;
const byId = (objects: readonly JsonObject[]): Objects =>
  new Map(objects.map((object) => [idOf(object), object]));

/** What the list of roles counts and samples is told by the links themselves. */
const withoutCounters = (role: JsonObject): JsonObject =>
  omit(role, ['usersCount', 'featuredUsers', 'applicationsCount', 'featuredApplications']);

export const omit = (value: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** A tenant in words: without ids and times, sorted, links and ledger by name. Equal tenants give equal values. */
export interface Described {
  readonly applications: readonly Json[];
  readonly resources: readonly Json[];
  readonly roles: readonly Json[];
  readonly ledgers: readonly Json[];
}

/** A tenant as it is at one moment, and the ledgers of these stacks in it. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly ledgers: readonly Ledger[];
}

export async function readTenant(tenant: TestTenant, stacks: readonly string[]): Promise<Reading> {
  const snapshot = await readSnapshot(tenant);
  return { snapshot, ledgers: await Promise.all(stacks.map((stack) => ledgerIn(snapshot, tenant, stack))) };
}

export const describeReading = ({ snapshot, ledgers }: Reading): Described => ({
  ...describeSnapshot(snapshot),
  ledgers: ledgers.map((ledger) => describeLedger(ledger, snapshot)),
});

/** @param stacks those whose ledgers are described */
export const describeTenant = async (tenant: TestTenant, stacks: readonly string[]): Promise<Described> =>
  describeReading(await readTenant(tenant, stacks));

export function describeSnapshot(snapshot: Snapshot): Omit<Described, 'ledgers'> {
  const { applications, resources, scopes, roles, scopesOfRole, rolesOfApplication } = snapshot;
  const name = namer(snapshot);
  const plain = (object: JsonObject): JsonObject =>
    omit(object, ['id', 'tenantId', 'createdAt', 'secret', 'resourceId']);
  return {
    applications: sorted(
      [...applications].map(([id, application]) => ({
        ...plain(application),
        customData: withoutLedgers(application['customData']),
        roles: (rolesOfApplication.get(id) ?? []).map(name).sort(),
      })),
    ),
    resources: sorted(
      [...withoutLocks(resources)].map(([id, resource]) => ({
        ...plain(resource),
        scopes: sorted([...scopes.values()].filter(({ resourceId }) => resourceId === id).map(plain)),
      })),
    ),
    roles: sorted(
      [...roles].map(([id, role]) => ({
        ...plain(role),
        scopes: (scopesOfRole.get(id) ?? []).map(name).sort(),
      })),
    ),
  };
}

/** A lock that a dead process has left is told by nobody and broken by whoever wants it next. */
export const withoutLocks = (resources: Objects): Objects =>
  new Map([...resources].filter(([, resource]) => !isLock(resource)));

export const isLock = ({ indicator }: JsonObject): boolean =>
  typeof indicator === 'string' && indicator.startsWith('urn:logto-iac:lock:');

/** Who an id is, for people; `nobody` for one that is not there. */
function namer({ applications, resources, scopes, roles }: Snapshot): (id: string) => string {
  const named = (kind: string, objects: Objects, describe: (object: JsonObject) => Json | undefined) =>
    [...objects].map(([id, object]) => [id, `${kind} ${canonicalJson(describe(object))}`] as const);
  const names = new Map([
    // Two applications may have one name.
    ...named('application', applications, ({ name, description = null }) => [name ?? null, description]),
    ...named('resource', resources, ({ indicator }) => indicator),
    ...named('scope', scopes, ({ name, resourceId }) => [
      resources.get(resourceId as string)?.['indicator'] ?? null,
      name ?? null,
    ]),
    ...named('role', roles, ({ name }) => name),
  ]);
  return (id) => names.get(id) ?? 'nobody';
}

/** What is kept in the application that the tool signs in with, besides the ledgers. */
export const withoutLedgers = (customData: Json | undefined): JsonObject =>
  isObject(customData)
    ? Object.fromEntries(Object.entries(customData).filter(([key]) => !key.startsWith('logto-iac/')))
    : {};

/** Decoded by the code that wrote it, out of what has been read already. */
function ledgerIn({ applications }: Snapshot, { appId }: TestTenant, stack: string): Promise<Ledger> {
  const read: ReadApi = {
    get: () => Promise.resolve([...applications.values()]),
    list: () => Promise.resolve([]),
  };
  const write = (): never => {
    throw new Error('nothing is written here');
  };
  return tenantLedger(read, write, appId).read(stack);
}

function describeLedger({ stack, entries, intents }: Ledger, snapshot: Snapshot): JsonObject {
  const name = namer(snapshot);
  const describe = (id: string): string => id.split('/').map(name).join(' → ');
  return {
    stack,
    entries: Object.fromEntries(
      [...entries].map(([address, { id, ...entry }]) => [address, { ...entry, is: describe(id) }]),
    ),
    intents: [...intents.keys()],
  };
}

/** What the ledgers own and the tenant does not have: always [] when all is well. */
export function danglingEntries({ snapshot, ledgers }: Reading): readonly string[] {
  const { applications, resources, scopes, roles, rolesOfApplication } = snapshot;
  const isThere = (id: string): boolean => {
    const [from = '', to] = id.split('/');
    if (to !== undefined) return rolesOfApplication.get(from)?.includes(to) === true;
    return [applications, resources, scopes, roles].some((objects) => objects.has(id));
  };
  return ledgers
    .flatMap(({ entries }) => [...entries])
    .filter(([, { id }]) => !isThere(id))
    .map(([address]) => address);
}

const sorted = (items: readonly JsonObject[]): readonly JsonObject[] =>
  [...items].sort((left, right) => (canonicalJson(left) < canonicalJson(right) ? -1 : 1));

/** What one value has and another has not, leaf by leaf, so that a difference is told in a line each. */
export function differences(expected: Described, actual: Described): readonly string[] {
  const [left, right] = [linesOf(expected), linesOf(actual)];
  return [
    ...missing(left, right).map((line) => `- ${line}`),
    ...missing(right, left).map((line) => `+ ${line}`),
  ];
}

const linesOf = ({ applications, resources, roles, ledgers }: Described): readonly string[] => [
  ...applications.map((application) => `application ${canonicalJson(application)}`),
  ...resources.map((resource) => `resource ${canonicalJson(resource)}`),
  ...roles.map((role) => `role ${canonicalJson(role)}`),
  ...ledgers
    .map((ledger) => `ledger ${JSON.stringify(ledger, undefined, 1)}`)
    .flatMap((text) => text.split('\n')),
];

/** The lines of one list that another one has not, or not as often. */
function missing(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
