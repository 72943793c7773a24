import type { TestEmulator } from '../support/emulator';
import { ask } from './ask';
import { sectionNames, sections, type SectionName, type TenantObject } from './sections';
import type { Tokens } from './tokens';

type Fields = Readonly<Record<string, unknown>>;

/** What there is one of, and how it is changed. */
const settings = {
  signInExperience: 'PATCH /api/sign-in-exp',
  accountCenter: 'PATCH /api/account-center',
  captchaProvider: 'PUT /api/captcha-provider',
  session: 'PATCH /api/configs/oidc/session',
  idToken: 'PUT /api/configs/id-token',
} as const;
type SettingsName = keyof typeof settings;

/**
 * Objects of a tenant by section and name. An object that is there is changed, one that is not is created, `null` deletes.
 * `roles` and `scopes` are whole sets, by name. A second object of one name is called `name#2`. What there is one of is
 * changed as stated. `requests` come last, with tokens for ids: `["PUT /api/…/{role Auditor}", body]`.
 */
export type TenantFile = Partial<Record<SectionName, Readonly<Record<string, Fields | null>>>> &
  Partial<Record<SettingsName, Fields>> & {
    readonly requests?: readonly (readonly [request: string, body?: unknown])[];
  };

/** Makes a tenant as a file says. */
export async function prepareTenant(
  emulator: TestEmulator,
  file: TenantFile,
  tokens: Tokens,
): Promise<void> {
  for (const section of sectionNames) {
    for (const [label, fields] of Object.entries(file[section] ?? {})) {
      await prepareObject(emulator, section, label, fields);
    }
  }
  for (const [name, request] of Object.entries(settings)) {
    const fields = file[name as SettingsName];
    if (fields !== undefined) await send(emulator, request, fields);
  }
  for (const [request, body] of file.requests ?? []) {
    await tokens.learn(emulator);
    await send(
      emulator,
      tokens.toIds(request),
      body && (JSON.parse(tokens.toIds(JSON.stringify(body))) as unknown),
    );
  }
}

async function send(emulator: TestEmulator, request: string, body?: unknown): Promise<void> {
  const [method = '', path = ''] = request.split(' ');
  await ask(emulator, method, path, body);
}

async function prepareObject(
  emulator: TestEmulator,
  section: SectionName,
  label: string,
  fields: Fields | null,
): Promise<void> {
  const { path } = sections[section];
  const name = label.replace(/#\d+$/, '');
  const existing = name === label ? await find(emulator, section, name) : undefined;
  if (fields === null) {
    await ask(emulator, 'DELETE', `${path}/${existing?.id ?? `no such ${name}`}`);
    return;
  }
  const { scopes, roles, isDefault, ...columns } = fields;
  // Of an API resource it has an endpoint of its own.
  const early =
    section === 'apiResources' ? columns : { ...columns, ...(isDefault !== undefined && { isDefault }) };
  const id = existing?.id ?? (await create(emulator, path, { ...known(section, name), ...early }));
  if (existing && Object.keys(early).length > 0) await ask(emulator, 'PATCH', `${path}/${id}`, early);
  if (section === 'apiResources') {
    if (isDefault !== undefined) await ask(emulator, 'PATCH', `${path}/${id}/is-default`, { isDefault });
    await prepareScopes(emulator, id, (scopes ?? {}) as Readonly<Record<string, Fields | null>>);
  } else if (section === 'roles' && scopes !== undefined) {
    await setScopes(emulator, id, scopes as Readonly<Record<string, readonly string[]>>);
  } else if (roles !== undefined) {
    await setRoles(emulator, `${path}/${id}/roles`, roles as readonly string[]);
  }
}

async function find(
  emulator: TestEmulator,
  section: SectionName,
  name: string,
): Promise<TenantObject | undefined> {
  const { list, nameOf } = sections[section];
  const objects = (await ask(emulator, 'GET', list)) as readonly TenantObject[];
  return objects.find((object) => nameOf(object) === name);
}

/** The field that a new object gets its name by. */
const known = (section: SectionName, name: string): Fields => {
  switch (section) {
    case 'ssoConnectors':
      return { connectorName: name };
    case 'users':
      return { username: name };
    case 'connectors':
      return { connectorId: name };
    default:
      return { name };
  }
};

async function prepareScopes(
  emulator: TestEmulator,
  resourceId: string,
  scopes: Readonly<Record<string, Fields | null>>,
): Promise<void> {
  const path = `/api/resources/${resourceId}/scopes`;
  const existing = (await ask(emulator, 'GET', `${path}?page_size=100`)) as readonly TenantObject[];
  for (const [name, fields] of Object.entries(scopes)) {
    const id = existing.find((scope) => scope['name'] === name)?.id;
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
  const path = `/api/roles/${roleId}/scopes`;
  const ids: string[] = [];
  for (const [resource, names] of Object.entries(wanted)) {
    const scopes = (await find(emulator, 'apiResources', resource))?.['scopes'] as readonly TenantObject[];
    ids.push(
      ...names.map((name) => scopes.find((scope) => scope['name'] === name)?.id ?? `no such ${name}`),
    );
  }
  const before = ((await ask(emulator, 'GET', path)) as readonly TenantObject[]).map(({ id }) => id);
  const missing = ids.filter((id) => !before.includes(id));
  if (missing.length > 0) await ask(emulator, 'POST', path, { scopeIds: missing });
  for (const id of before.filter((known) => !ids.includes(known))) {
    await ask(emulator, 'DELETE', `${path}/${id}`);
  }
}

/** @param path of the roles of an application or a user */
async function setRoles(emulator: TestEmulator, path: string, wanted: readonly string[]): Promise<void> {
  const before = (await ask(emulator, 'GET', `${path}?page_size=100`)) as readonly TenantObject[];
  const ids = await Promise.all(
    wanted.map(async (name) => (await find(emulator, 'roles', name))?.id ?? `no such ${name}`),
  );
  if (ids.length > 0) await ask(emulator, 'POST', path, { roleIds: ids });
  for (const { id } of before.filter((role) => !ids.includes(role.id))) {
    await ask(emulator, 'DELETE', `${path}/${id}`);
  }
}

async function create(emulator: TestEmulator, path: string, body: Fields): Promise<string> {
  return ((await ask(emulator, 'POST', path, body)) as TenantObject).id;
}
