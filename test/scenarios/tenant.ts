import type { TestEmulator } from '../support/emulator';

type Fields = Readonly<Record<string, unknown>>;
type Section = 'apiResources' | 'roles' | 'applications';

/**
 * Objects of a tenant by section and name. An object that is there is changed, one that is not is created, `null` deletes.
 * `roles` and `scopes` are whole sets, by name. A second object of one name is called `name#2`.
 */
export type TenantFile = Partial<Record<Section, Readonly<Record<string, Fields | null>>>>;

interface TenantObject extends Fields {
  readonly id: string;
  readonly name: string;
}

interface Scope extends TenantObject {
  readonly resource?: TenantObject;
}

/** Everything in a tenant that the tool can manage, as Logto sends it. */
interface Lists {
  readonly apiResources: readonly (TenantObject & { readonly scopes: readonly TenantObject[] })[];
  readonly roles: readonly TenantObject[];
  readonly applications: readonly TenantObject[];
  /** By id of the role. */
  readonly scopesOfRoles: ReadonlyMap<string, readonly Scope[]>;
  /** By id of the application. */
  readonly rolesOfApplications: ReadonlyMap<string, readonly TenantObject[]>;
}

const nouns = { apiResources: 'API resource', roles: 'role', applications: 'application' } as const;
const sections = Object.keys(nouns) as Section[];

/** Ids in the words of a scenario, such as `{role Auditor}`, and back. */
export class Tokens {
  readonly #ids = new Map<string, string>();

  /** Gives a token to every object of the tenant that has none; an object keeps its token when it is renamed. */
  async learn(emulator: TestEmulator): Promise<void> {
    const lists = await readLists(emulator);
    for (const section of sections) {
      // Logto lists applications from the newest; others have no order.
      const objects = [...lists[section]].sort((a, b) => Number(a['createdAt']) - Number(b['createdAt']));
      for (const { id, name } of objects) this.#add(id, `${nouns[section]} ${name}`);
    }
    for (const { name, scopes } of lists.apiResources) {
      for (const scope of scopes) this.#add(scope.id, `permission ${scope.name} of ${name}`);
    }
  }

  #add(id: string, words: string): void {
    // What is built in has a word of its own for an id.
    if (!/^[a-z0-9]{21}$/.test(id) || [...this.#ids.values()].includes(id)) return;
    const taken = [...this.#ids.keys()].filter((known) => known === words || known.startsWith(`${words}#`));
    this.#ids.set(taken.length === 0 ? words : `${words}#${taken.length + 1}`, id);
  }

  /** `{role Auditor}` → the id. */
  toIds(text: string): string {
    return text.replace(
      /\{((?:application|role|API resource|permission) [^}]+)\}/g,
      (token, words: string) => {
        const id = this.#ids.get(words);
        if (id === undefined) throw new Error(`${token} is nothing that the tenant has`);
        return id;
      },
    );
  }

  /** Ids → `{role Auditor}`. */
  toWords(text: string): string {
    let result = text;
    for (const [words, id] of this.#ids) result = result.replaceAll(id, `{${words}}`);
    return result;
  }
}

/** Makes a tenant as a file says. */
export async function prepareTenant(emulator: TestEmulator, file: TenantFile): Promise<void> {
  for (const section of sections) {
    for (const [label, fields] of Object.entries(file[section] ?? {})) {
      await prepareObject(emulator, section, label, fields);
    }
  }
}

const paths = { apiResources: '/api/resources', roles: '/api/roles', applications: '/api/applications' };

async function prepareObject(
  emulator: TestEmulator,
  section: Section,
  label: string,
  fields: Fields | null,
): Promise<void> {
  const name = label.replace(/#\d+$/, '');
  const existing =
    name === label ? (await readLists(emulator))[section].find((object) => object.name === name) : undefined;
  if (fields === null) {
    await ask(emulator, 'DELETE', `${paths[section]}/${existing?.id ?? `no such ${name}`}`);
    return;
  }
  const { scopes, roles, isDefault, ...columns } = fields;
  // Of an API resource it has an endpoint of its own.
  const early =
    section === 'apiResources' ? columns : { ...columns, ...(isDefault !== undefined && { isDefault }) };
  const id = existing?.id ?? (await create(emulator, paths[section], { name, ...early }));
  if (existing && Object.keys(early).length > 0)
    await ask(emulator, 'PATCH', `${paths[section]}/${id}`, early);
  if (section === 'apiResources') {
    if (isDefault !== undefined)
      await ask(emulator, 'PATCH', `/api/resources/${id}/is-default`, { isDefault });
    await prepareScopes(emulator, id, (scopes ?? {}) as Readonly<Record<string, Fields | null>>);
  } else if (section === 'roles' && scopes !== undefined) {
    await setScopes(emulator, id, scopes as Readonly<Record<string, readonly string[]>>);
  } else if (roles !== undefined) {
    await setRoles(emulator, id, roles as readonly string[]);
  }
}

async function prepareScopes(
  emulator: TestEmulator,
  resourceId: string,
  scopes: Readonly<Record<string, Fields | null>>,
): Promise<void> {
  const path = `/api/resources/${resourceId}/scopes`;
  const existing = (await ask(emulator, 'GET', `${path}?page_size=100`)) as readonly TenantObject[];
  for (const [name, fields] of Object.entries(scopes)) {
    const id = existing.find((scope) => scope.name === name)?.id;
    if (id === undefined) await ask(emulator, 'POST', path, { name, ...fields });
    else if (fields === null) await ask(emulator, 'DELETE', `${path}/${id}`);
    else await ask(emulator, 'PATCH', `${path}/${id}`, fields);
  }
}

async function setScopes(
  emulator: TestEmulator,
  roleId: string,
  wanted: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const { apiResources, scopesOfRoles } = await readLists(emulator);
  const ids = Object.entries(wanted).flatMap(([resource, names]) =>
    names.map((name) => {
      const scopes = apiResources.find((candidate) => candidate.name === resource)?.scopes;
      return scopes?.find((scope) => scope.name === name)?.id ?? `no such ${name}`;
    }),
  );
  const before = (scopesOfRoles.get(roleId) ?? []).map(({ id }) => id);
  const missing = ids.filter((id) => !before.includes(id));
  if (missing.length > 0) await ask(emulator, 'POST', `/api/roles/${roleId}/scopes`, { scopeIds: missing });
  for (const id of before.filter((known) => !ids.includes(known))) {
    await ask(emulator, 'DELETE', `/api/roles/${roleId}/scopes/${id}`);
  }
}

async function setRoles(
  emulator: TestEmulator,
  applicationId: string,
  wanted: readonly string[],
): Promise<void> {
  const { roles, rolesOfApplications } = await readLists(emulator);
  const ids = wanted.map((name) => roles.find((role) => role.name === name)?.id ?? `no such ${name}`);
  await ask(emulator, 'POST', `/api/applications/${applicationId}/roles`, { roleIds: ids });
  for (const { id } of rolesOfApplications.get(applicationId) ?? []) {
    if (!ids.includes(id)) await ask(emulator, 'DELETE', `/api/applications/${applicationId}/roles/${id}`);
  }
}

async function create(emulator: TestEmulator, path: string, body: Fields): Promise<string> {
  return ((await ask(emulator, 'POST', path, body)) as TenantObject).id;
}

async function ask(emulator: TestEmulator, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await emulator.request(method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

async function readLists(emulator: TestEmulator): Promise<Lists> {
  const get = async (path: string) => (await ask(emulator, 'GET', path)) as readonly TenantObject[];
  const below = async (objects: readonly TenantObject[], path: (id: string) => string) =>
    new Map(await Promise.all(objects.map(async ({ id }) => [id, await get(path(id))] as const)));
  const [apiResources, roles, applications] = await Promise.all([
    get('/api/resources?includeScopes=true'),
    get('/api/roles?page_size=100'),
    get('/api/applications'),
  ]);
  const machines = applications.filter(({ type }) => type === 'MachineToMachine');
  const [scopesOfRoles, rolesOfApplications] = await Promise.all([
    below(roles, (id) => `/api/roles/${id}/scopes`),
    below(machines, (id) => `/api/applications/${id}/roles?page_size=100`),
  ]);
  return {
    apiResources: apiResources as Lists['apiResources'],
    roles,
    applications,
    scopesOfRoles,
    rolesOfApplications,
  };
}

/**
 * What is in the tenant besides what a fresh one has, in the words of a scenario: by name, links by name, without ids and
 * times, without columns that hold what Logto puts there by itself. Ledgers are left out.
 */
export async function describeTenant(emulator: TestEmulator, tokens: Tokens): Promise<unknown> {
  const lists = await readLists(emulator);
  const objects = sections.flatMap((section) =>
    lists[section].map(
      (object) => [tokens.toWords(object.id), describeObject(section, object, lists)] as const,
    ),
  );
  return Object.fromEntries(
    objects
      .filter(([, described]) => !fresh.has(JSON.stringify(described)))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

/** Columns as they are when nobody has said anything about them. */
const untouched: Readonly<Record<Section, Fields>> = {
  apiResources: { accessTokenTtl: 3600, isDefault: false },
  roles: { isDefault: false },
  applications: {
    description: null,
    oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
    customClientMetadata: {},
    protectedAppMetadata: null,
    customData: {},
    isThirdParty: false,
    appLevelAccessControlEnabled: false,
  },
};

const notTold = /^(id|tenantId|createdAt|scopes|(users|applications)Count|featured(Users|Applications))$/;

function describeObject(section: Section, object: TenantObject, lists: Lists): Fields {
  const columns = Object.entries(object)
    .filter(([name]) => !notTold.test(name))
    .map(([name, value]) => [name, name === 'customData' ? withoutLedgers(value as Fields) : value] as const)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(untouched[section][name]));
  return { ...Object.fromEntries(columns), ...describeLinks(section, object, lists) };
}

const withoutLedgers = (customData: Fields): Fields =>
  Object.fromEntries(Object.entries(customData).filter(([key]) => !key.startsWith('logto-iac/')));

function describeLinks(section: Section, { id }: TenantObject, lists: Lists): Fields {
  switch (section) {
    case 'apiResources': {
      const scopes = lists.apiResources.find((resource) => resource.id === id)?.scopes ?? [];
      return {
        scopes: Object.fromEntries(scopes.map((scope) => [scope.name, scope['description']] as const).sort()),
      };
    }
    case 'roles': {
      const scopes = lists.scopesOfRoles.get(id) ?? [];
      return { scopes: scopes.map(({ name, resource }) => `${resource?.name ?? ''} / ${name}`).sort() };
    }
    case 'applications': {
      const roles = lists.rolesOfApplications.get(id);
      return roles ? { roles: roles.map(({ name }) => name).sort() } : {};
    }
  }
}

const fresh: ReadonlySet<string> = new Set(
  [
    {
      name: 'Logto Management API',
      indicator: 'https://default.logto.app/api',
      scopes: { all: 'Default scope for Management API, allows all permissions.' },
    },
    {
      name: 'Logto Management API access',
      description: 'This default role grants access to the Logto management API.',
      type: 'MachineToMachine',
      scopes: ['Logto Management API / all'],
    },
    {
      name: 'Management API tester',
      description: 'Used by the contract tests',
      type: 'MachineToMachine',
      roles: ['Logto Management API access'],
    },
  ].map((described) => JSON.stringify(described)),
);
