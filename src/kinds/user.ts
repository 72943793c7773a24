import { formatAddress } from '../address.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { entriesIn, memberLinks, roleLinks } from './access.js';
import { asList, asTenantObject, collection, listBelow, orGone, pathSegment } from './endpoints.js';
import { choice, flag, json, list, map, object, text } from './field.js';
import {
  defineKind,
  type Finding,
  type LinkTarget,
  type Lookup,
  type Part,
  type TenantObject,
} from './kind.js';
import { setChange, textsOf } from './sets.js';

const endpoints = collection('/api/users');
const path = (id: string, ...below: readonly string[]): string =>
  ['/api/users', pathSegment(id), ...below].join('/');

/** What a user is known by: the first that is stated. Logto keeps each unique. */
const identifiers = ['username', 'primaryEmail', 'primaryPhone'] as const;

/** There may be millions of users, so only those are read that something is said of. */
async function find(
  api: ReadApi,
  { ids, resources }: { readonly ids: readonly string[]; readonly resources: readonly JsonObject[] },
): Promise<readonly TenantObject[]> {
  const byId = ids.map((id) => orGone(async () => asTenantObject(await api.get(path(id)))));
  const byIdentifier = resources.map(async (fields) => {
    const name = identifiers.find((identifier) => typeof fields[identifier] === 'string');
    if (name === undefined) return [];
    const query = { [`search.${name}`]: textOf(fields[name]), [`mode.${name}`]: 'exact' };
    return (await api.list('/api/users', query)).map(asTenantObject);
  });
  const found = [...(await Promise.all(byId)), ...(await Promise.all(byIdentifier)).flat()];
  const users = found.filter((user) => user !== undefined);
  return [...new Map(users.map((user) => [user.id, user])).values()];
}

const readRoles = async (api: ReadApi, id: string): Promise<readonly LinkTarget[]> =>
  (await listBelow(api, path(id, 'roles'))).map((role) => ({
    kind: 'roles',
    id: role.id,
    name: textOf(role.fields.name),
  }));

const rolesPart: Part = {
  read: async (api, id) => {
    const targets = await readRoles(api, id);
    return { value: targets.map((target) => target.id), targets };
  },
};

/** Default roles are given with the creation, so what the user has is read before it is changed. */
async function writeRoles(api: WriteApi, id: string, wanted: Json): Promise<void> {
  const current = (await readRoles(api, id)).map((role) => role.id);
  const { add, remove } = setChange(current, textsOf(wanted));
  if (add.length > 0) await api.post(path(id, 'roles'), { roleIds: add });
  for (const roleId of remove) await api.delete(path(id, 'roles', pathSegment(roleId)));
}

const readOrganizations: Part['read'] = async (api, id) => {
  const targets: LinkTarget[] = [];
  const entries = asList(await api.get(path(id, 'organizations'))).map((value) => {
    const organization = asTenantObject(value);
    targets.push({ kind: 'organizations', id: organization.id, name: textOf(organization.fields.name) });
    const roles = asList(organization.fields.organizationRoles ?? []).map(asTenantObject);
    targets.push(
      ...roles.map((role) => ({ kind: 'organizationRoles', id: role.id, name: textOf(role.fields.name) })),
    );
    return [organization.id, roles.map((role) => role.id)] as const;
  });
  return { value: Object.fromEntries(entries), targets };
};

async function writeOrganizations(api: WriteApi, id: string, wanted: JsonObject): Promise<void> {
  const current = (await readOrganizations(api, id, null, new Map())).value as Readonly<Record<string, Json>>;
  const members = (organizationId: string, ...below: readonly string[]): string =>
    ['/api/organizations', pathSegment(organizationId), 'users', ...below].join('/');
  for (const [organizationId, roles] of Object.entries(wanted)) {
    if (current[organizationId] === undefined) await api.post(members(organizationId), { userIds: [id] });
    const { add, remove } = setChange(textsOf(current[organizationId]), textsOf(roles));
    const rolesPath = members(organizationId, pathSegment(id), 'roles');
    if (add.length > 0) await api.post(rolesPath, { organizationRoleIds: add });
    for (const roleId of remove) await api.delete(`${rolesPath}/${pathSegment(roleId)}`);
  }
  const left = setChange(Object.keys(current), Object.keys(wanted)).remove;
  for (const organizationId of left) await api.delete(members(organizationId, pathSegment(id)));
}

async function update(
  api: WriteApi,
  id: string,
  { roles, organizations, isSuspended, ...columns }: JsonObject,
): Promise<void> {
  if (Object.keys(columns).length > 0) await endpoints.update(api, id, columns);
  if (isSuspended !== undefined) await api.patch(path(id, 'is-suspended'), { isSuspended });
  if (roles !== undefined) await writeRoles(api, id, roles);
  if (isObject(organizations)) await writeOrganizations(api, id, organizations);
}

const detail = (description: string) => text({ nullable: true, description });

const profile = object(
  {
    familyName: detail('Family name.'),
    givenName: detail('Given name.'),
    middleName: detail('Middle name.'),
    nickname: detail('Nickname.'),
    preferredUsername: detail('What the user wants to be called.'),
    profile: detail('A page about the user.'),
    website: detail('A page of the user.'),
    gender: detail('Gender.'),
    birthdate: detail('Date of birth.'),
    zoneinfo: detail('Time zone.'),
    locale: detail('Language.'),
    address: object(
      {
        formatted: detail('The whole address.'),
        streetAddress: detail('Street and number.'),
        locality: detail('Town.'),
        region: detail('Region.'),
        postalCode: detail('Postal code.'),
        country: detail('Country.'),
      },
      { nullable: true, description: 'Address.' },
    ),
  },
  { insteadOfNull: 'the keys that you want to clear', default: {}, description: 'The profile.' },
);

const secretOnce = { creationOnly: true, sensitive: true, onlyFromSecret: true } as const;

export const user = defineKind({
  name: 'users',
  singular: 'user',
  summary:
    'A user for services and tests in environments that are provisioned. Users are data: list only those that belong to the configuration. What the manifest no longer names stays, unless lifecycle.deletable is true.',
  fields: {
    username: text({
      nullable: true,
      maxLength: 128,
      pattern: '^[A-Z_a-z]\\w*$|^$',
      patternMeans: 'must be letters, digits and _, and not begin with a digit',
      description: 'Unique in the tenant. A user needs this, an e-mail address or a phone number.',
    }),
    primaryEmail: text({
      nullable: true,
      maxLength: 128,
      pattern: '^\\S+@\\S+\\.\\S+$|^$',
      patternMeans: 'must be an e-mail address',
      description: 'Unique in the tenant.',
    }),
    primaryPhone: text({
      nullable: true,
      maxLength: 128,
      pattern: '^\\d*$',
      patternMeans: 'must be digits, with the country code and without +',
      description: 'Unique in the tenant.',
    }),
    name: text({ nullable: true, maxLength: 128, description: 'The full name.' }),
    avatar: text({
      nullable: true,
      format: 'url',
      maxLength: 2048,
      description: 'The address of a picture.',
    }),
    profile,
    customData: json({
      insteadOfNull: 'the keys that you want to clear',
      default: {},
      description: 'Any JSON. Only the keys that are stated are managed.',
    }),
    isSuspended: flag({ late: true, default: false, description: 'Whether sign-in is refused.' }),
    password: text({ ...secretOnce, minLength: 1, description: 'The password of a new user.' }),
    passwordDigest: text({
      ...secretOnce,
      minLength: 1,
      maxLength: 256,
      description: 'The same, as a digest. Goes with passwordAlgorithm.',
    }),
    passwordAlgorithm: choice(
      ['Argon2i', 'Argon2id', 'Argon2d', 'SHA1', 'SHA256', 'MD5', 'Bcrypt', 'Legacy'],
      { creationOnly: true, description: 'What passwordDigest was made with.' },
    ),
    roles: list(text({ reference: { kind: 'roles' } }), {
      late: true,
      unordered: true,
      insteadOfNull: '[] for no role at all',
      description: 'The roles of the user: the whole set.',
    }),
    organizations: map(
      { kind: 'organizations' },
      list(text({ reference: { kind: 'organizationRoles' } }), { unordered: true }),
      {
        late: true,
        insteadOfNull: '{} for no organization at all',
        description:
          'The organizations that the user is a member of, each with the roles there: the whole set.',
      },
    ),
  },
  key: [],
  keyOf: (fields) =>
    identifiers.filter((name) => typeof fields[name] === 'string' && fields[name] !== '').slice(0, 1),
  title: 'name',
  lookupBy: identifiers,
  keyFrom: (fields) =>
    textOf(identifiers.map((name) => fields[name]).find((value) => typeof value === 'string') ?? ''),
  endpoints: {
    find,
    findAll: async (api) => (await api.list('/api/users')).map(asTenantObject),
    get: endpoints.get,
    create: endpoints.create,
    update,
    remove: endpoints.remove,
  },
  parts: { roles: rolesPart, organizations: { read: readOrganizations } },
  access: {
    node: 'user',
    links: (address, { roles, organizations }) => [
      ...roleLinks(address, roles),
      ...entriesIn(organizations).flatMap(([key, own]) =>
        memberLinks(address, formatAddress(['organizations', key]), own),
      ),
    ],
  },
  isKept: true,
  check: checkUser,
  replacement: ['the user loses the password, linked accounts and second factors'],
});

function checkUser(fields: JsonObject, lookup: Lookup): readonly Finding[] {
  const error = (path: readonly string[], message: string, hint: string): Finding => ({
    code: 'wrong-value',
    severity: 'error',
    path,
    message,
    hint,
  });
  const findings: Finding[] = [];
  if (!identifiers.some((name) => typeof fields[name] === 'string' && fields[name] !== '')) {
    const message = 'a user needs something to be known by';
    findings.push(error([], message, `state ${identifiers.join(', or ')}`));
  }
  if (fields.password !== undefined && fields.passwordDigest !== undefined) {
    findings.push(error(['password'], 'password and passwordDigest are both stated', 'take one of them out'));
  }
  if ((fields.passwordDigest === undefined) !== (fields.passwordAlgorithm === undefined)) {
    const message = 'passwordDigest and passwordAlgorithm go together';
    findings.push(
      error(
        [fields.passwordDigest === undefined ? 'passwordAlgorithm' : 'passwordDigest'],
        message,
        'state both',
      ),
    );
  }
  const checkRole = (kind: string, key: string, at: readonly string[]): void => {
    if (lookup(kind, key)?.type !== 'MachineToMachine') return;
    const message = `${kind}.${key} is a role for machines; a user cannot have it`;
    findings.push(error(at, message, `set ${kind}.${key}.type: User, or name another role`));
  };
  textsOf(fields.roles).forEach((key, index) => {
    checkRole('roles', key, ['roles', String(index)]);
  });
  const { organizations = {} } = fields;
  for (const [key, roles] of Object.entries(isObject(organizations) ? organizations : {})) {
    textsOf(roles).forEach((role, index) => {
      checkRole('organizationRoles', role, ['organizations', key, String(index)]);
    });
  }
  return findings;
}
