import fc from 'fast-check';
import type { JsonObject } from '../../src/json';
import { isLong, seed } from './tenant';

/** How often a random test runs, and from which seed, which is told when it fails. */
export const parameters = (numRuns: number) => ({
  seed,
  numRuns: isLong ? numRuns * 10 : numRuns,
  // Shrinking would take as long again for each step.
  endOnFailure: true,
});

const description = fc.constantFrom('One', 'Two', 'Three');

/** Some of these keys, each with a spec. */
const section = <T>(keys: readonly string[], spec: (key: string) => fc.Arbitrary<T>) =>
  fc
    .tuple(
      ...keys.map((key) =>
        fc.option(
          spec(key).map((value) => [key, value] as const),
          { nil: undefined },
        ),
      ),
    )
    .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)));

export interface Pools {
  readonly resources: readonly string[];
  readonly userRoles: readonly string[];
  readonly machineRoles: readonly string[];
  readonly clients: readonly string[];
  readonly machines: readonly string[];
}

const scopeNames = ['read', 'write', 'admin'];

/** What is stated besides what a manifest has to state: all of it, so that nothing of an earlier manifest stays. */
const resource = (key: string) =>
  fc.record({
    name: fc.constantFrom(`${key} API`, `${key} service`),
    indicator: fc.constantFrom(`https://${key}.example.com`, `https://${key}.example.com/v2`),
    accessTokenTtl: fc.constantFrom(600, 3600),
    scopes: section(scopeNames, () => fc.record({ description })),
  });

const role = (type: string) => (key: string) =>
  fc.record({
    name: fc.constantFrom(`Role ${key}`, `Role ${key} renamed`),
    description,
    type: fc.constant(type),
    isDefault: fc.boolean(),
  });

const client = (key: string) =>
  fc.record({
    name: fc.constantFrom(`App ${key}`, 'App of one name'),
    type: fc.constantFrom('SPA', 'Traditional', 'Native'),
    description,
    oidcClientMetadata: fc.record({
      redirectUris: fc.subarray(['https://a.example.com/cb', 'https://b.example.com/cb']),
      postLogoutRedirectUris: fc.constant([]),
    }),
    customData: fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.oneof(fc.integer(), fc.constant({ deep: true })),
    ),
    lifecycle: fc.constant({ exact: ['customData'] }),
  });

const machine = (key: string) =>
  fc.record({
    name: fc.constantFrom(`Machine ${key}`, 'Machine of one name'),
    type: fc.constant('MachineToMachine'),
    description,
  });

/** Manifests that state everything of what they declare, references included, over all kinds. */
export function manifests(stack: string, pools: Pools): fc.Arbitrary<JsonObject> {
  return fc
    .record({
      apiResources: section(pools.resources, resource),
      userRoles: section(pools.userRoles, role('User')),
      machineRoles: section(pools.machineRoles, role('MachineToMachine')),
      clients: section(pools.clients, client),
      machines: section(pools.machines, machine),
      links: fc.infiniteStream(fc.boolean()),
      defaultResource: fc.nat(6),
    })
    .map(({ apiResources, userRoles, machineRoles, clients, machines, links, defaultResource }) => {
      const some = <T>(items: readonly T[]): readonly T[] => items.filter(() => links.next().value);
      const resources = Object.entries(apiResources).map(([key, spec], index) => [
        key,
        { ...spec, isDefault: index === defaultResource },
      ]);
      const scopes = (): JsonObject =>
        Object.fromEntries(
          some(Object.entries(apiResources)).map(([key, spec]) => [key, some(Object.keys(spec.scopes))]),
        );
      const roles = Object.entries({ ...userRoles, ...machineRoles }).map(([key, spec]) => [
        key,
        { ...spec, scopes: scopes() },
      ]);
      // The roles of a machine are stated as a whole set, or one by one: the last machine of the pool.
      const [free] = pools.machines.slice(-1);
      const stated = Object.entries(machines).map(([key, spec]) => [
        key,
        key === free ? spec : { ...spec, roles: some(Object.keys(machineRoles)) },
      ]);
      const isFreeDeclared = Object.keys(machines).includes(free ?? '');
      return {
        stack,
        apiResources: Object.fromEntries(resources) as JsonObject,
        roles: Object.fromEntries(roles) as JsonObject,
        applications: { ...clients, ...(Object.fromEntries(stated) as JsonObject) },
        roleAssignments: isFreeDeclared
          ? some(Object.keys(machineRoles)).map((key) => ({ application: free ?? '', role: key }))
          : [],
      };
    });
}
