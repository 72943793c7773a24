import { formatAddress } from '../address.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { entriesIn, memberLinks, organizationRoleLinks } from './access.js';
import { branding, partialColor } from './branding.js';
import { asList, asObject, asTenantObject, collection, pathSegment } from './endpoints.js';
import { flag, json, list, map, object, text } from './field.js';
import { defineKind, type Finding, type LinkTarget, type Lookup, type Part, type PartValue } from './kind.js';
import { setChange, textsOf } from './sets.js';

const endpoints = collection('/api/organizations');
const path = (id: string, ...below: readonly string[]): string =>
  ['/api/organizations', pathSegment(id), ...below].join('/');

const readDomains = async (api: ReadApi, id: string): Promise<readonly string[]> =>
  asList(await api.get(path(id, 'jit/email-domains'))).map((item) => textOf(asObject(item).emailDomain));

/** What a new member gets, and what makes one: each list behind an endpoint of its own. */
const jitLinks = {
  roles: { segment: 'jit/roles', bodyKey: 'organizationRoleIds', kind: 'organizationRoles', title: 'name' },
  ssoConnectors: {
    segment: 'jit/sso-connectors',
    bodyKey: 'ssoConnectorIds',
    kind: 'ssoConnectors',
    title: 'connectorName',
  },
} as const;
type JitLink = (typeof jitLinks)[keyof typeof jitLinks];

/** Of a connector its secrets come too; only its name is looked at. */
const readLinks = async (api: ReadApi, id: string, link: JitLink): Promise<readonly LinkTarget[]> =>
  asList(await api.get(path(id, link.segment)))
    .map(asTenantObject)
    .map((target) => ({ kind: link.kind, id: target.id, name: textOf(target.fields[link.title]) }));

const jitPart: Part = {
  read: async (api, id, stated) => {
    const names = isObject(stated) ? Object.keys(stated) : [];
    const targets: LinkTarget[] = [];
    const read = names.map(async (name) => {
      if (name === 'emailDomains') return [name, await readDomains(api, id)] as const;
      const links = await readLinks(api, id, jitLinks[name as keyof typeof jitLinks]);
      targets.push(...links);
      return [name, links.map((target) => target.id)] as const;
    });
    return { value: Object.fromEntries(await Promise.all(read)) as JsonObject, targets };
  },
};

async function writeJit(api: WriteApi, id: string, stated: JsonObject): Promise<void> {
  if (stated.emailDomains !== undefined) {
    const change = setChange(await readDomains(api, id), textsOf(stated.emailDomains));
    for (const emailDomain of change.add) await api.post(path(id, 'jit/email-domains'), { emailDomain });
    for (const domain of change.remove) await api.delete(path(id, 'jit/email-domains', pathSegment(domain)));
  }
  for (const [name, link] of Object.entries(jitLinks)) {
    if (stated[name] === undefined) continue;
    const linked = (await readLinks(api, id, link)).map((target) => target.id);
    await writeSet(api, path(id, link.segment), link.bodyKey, linked, textsOf(stated[name]));
  }
}

/** POST skips what is there already, and wants at least one. */
async function writeSet(
  api: WriteApi,
  setPath: string,
  bodyKey: string,
  current: readonly string[],
  wanted: readonly string[],
): Promise<void> {
  const { add, remove } = setChange(current, wanted);
  if (add.length > 0) await api.post(setPath, { [bodyKey]: add });
  for (const id of remove) await api.delete(`${setPath}/${pathSegment(id)}`);
}

/** The machine-to-machine applications of an organization with the roles that they have in it. */
async function readApplications(api: ReadApi, id: string): Promise<PartValue> {
  const targets: LinkTarget[] = [];
  const entries = (await api.list(path(id, 'applications'))).map((value) => {
    const application = asTenantObject(value);
    targets.push({ kind: 'applications', id: application.id, name: textOf(application.fields.name) });
    const roles = asList(application.fields.organizationRoles ?? []).map(asTenantObject);
    targets.push(
      ...roles.map((role) => ({
        kind: 'organizationRoles',
        id: role.id,
        name: textOf(role.fields.name),
      })),
    );
    return [application.id, roles.map((role) => role.id)] as const;
  });
  return { value: Object.fromEntries(entries), targets };
}

async function writeApplications(api: WriteApi, id: string, wanted: JsonObject): Promise<void> {
  const current = (await readApplications(api, id)).value as Readonly<Record<string, Json>>;
  const { add, remove } = setChange(Object.keys(current), Object.keys(wanted));
  if (add.length > 0) await api.post(path(id, 'applications'), { applicationIds: add });
  for (const [applicationId, roles] of Object.entries(wanted)) {
    const rolesPath = path(id, 'applications', pathSegment(applicationId), 'roles');
    await writeSet(api, rolesPath, 'organizationRoleIds', textsOf(current[applicationId]), textsOf(roles));
  }
  for (const applicationId of remove) await api.delete(path(id, 'applications', pathSegment(applicationId)));
}

export const organization = defineKind({
  name: 'organizations',
  singular: 'organization',
  summary: 'An organization with its settings. Its members are data, and stay as they are.',
  fields: {
    name: text({ required: true, minLength: 1, maxLength: 128, description: 'Not unique in Logto.' }),
    description: text({ nullable: true, maxLength: 256, description: 'What the organization is.' }),
    customData: json({
      insteadOfNull: 'the keys that you want to clear',
      default: {},
      description: 'Any JSON. Only the keys that are stated are managed.',
    }),
    isMfaRequired: flag({ default: false, description: 'Whether members must use a second factor.' }),
    color: partialColor,
    branding,
    customCss: text({
      nullable: true,
      content: 'css',
      description: 'A style sheet for its sign-in pages.',
    }),
    jit: object(
      {
        emailDomains: list(text({ minLength: 1, maxLength: 128 }), {
          unordered: true,
          insteadOfNull: '[]',
          description: 'Whoever signs up with an address of these domains becomes a member.',
        }),
        roles: list(text({ reference: { kind: 'organizationRoles' } }), {
          unordered: true,
          insteadOfNull: '[]',
          description: 'The roles that those members get.',
        }),
        ssoConnectors: list(text({ reference: { kind: 'ssoConnectors' } }), {
          unordered: true,
          insteadOfNull: '[]',
          description: 'Whoever signs in by these connectors becomes a member.',
        }),
      },
      {
        late: true,
        insteadOfNull: 'the lists that you want to empty',
        description: 'Just-in-time provisioning. Each list that is stated is the whole list.',
      },
    ),
    applications: map(
      { kind: 'applications' },
      list(text({ reference: { kind: 'organizationRoles' } }), { unordered: true }),
      {
        late: true,
        insteadOfNull: '{} for no application at all',
        description:
          'The machine-to-machine applications of the organization, each with its roles there: the whole set.',
      },
    ),
  },
  key: [],
  title: 'name',
  lookupBy: ['name'],
  endpoints: {
    ...endpoints,
    update: async (api, id, { jit, applications, ...columns }) => {
      if (Object.keys(columns).length > 0) await endpoints.update(api, id, columns);
      if (isObject(jit)) await writeJit(api, id, jit);
      if (isObject(applications)) await writeApplications(api, id, applications);
    },
  },
  parts: { jit: jitPart, applications: { read: readApplications } },
  access: {
    node: 'organization',
    links: (address, { jit, applications }) => [
      ...organizationRoleLinks(address, address, isObject(jit) ? jit.roles : undefined, 'joins'),
      ...entriesIn(applications).flatMap(([key, roles]) =>
        memberLinks(formatAddress(['applications', key]), address, roles),
      ),
    ],
  },
  check: checkApplications,
  replacement: ['its members, invitations and just-in-time rules are lost with it'],
});

function checkApplications({ applications }: JsonObject, lookup: Lookup): readonly Finding[] {
  const error = (path: readonly string[], message: string, hint?: string): Finding => ({
    code: 'wrong-value',
    severity: 'error',
    path: ['applications', ...path],
    message,
    ...(hint !== undefined && { hint }),
  });
  return Object.entries(isObject(applications) ? applications : {}).flatMap(([key, roles]) => {
    const type = lookup('applications', key)?.type;
    if (type !== undefined && type !== 'MachineToMachine') {
      const message = `applications.${key} is of type ${textOf(type)}; only machine-to-machine applications can be in an organization`;
      return [error([key], message)];
    }
    return textsOf(roles).flatMap((role, index) => {
      const fields = lookup('organizationRoles', role);
      if (!fields || fields.type === 'MachineToMachine') return [];
      const message = `organizationRoles.${role} is a role for users; a machine-to-machine application cannot have it`;
      const hint = `set organizationRoles.${role}.type: MachineToMachine, or name another role`;
      return [error([key, String(index)], message, hint)];
    });
  });
}
