import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { asList, asObject, pathSegment } from './endpoints.js';
import { list, map, object, text } from './field.js';
import type { Finding, LinkTarget, Lookup, Part, TenantLists, TenantView } from './kind.js';
import { textsOf } from './sets.js';

const path = (id: string): string => `/api/applications/${pathSegment(id)}/access-control`;

/** Who may sign in: rules by roles and organizations. Rules for single users stay as they are. */
export const accessControl = object(
  {
    userRoles: list(text({ reference: { kind: 'roles' } }), {
      unordered: true,
      insteadOfNull: '[]',
      description: 'Users who have one of these roles.',
    }),
    organizations: list(text({ reference: { kind: 'organizations' } }), {
      unordered: true,
      insteadOfNull: '[]',
      description: 'Members of these organizations.',
    }),
    organizationRoles: map(
      { kind: 'organizations' },
      list(text({ reference: { kind: 'organizationRoles' } }), { unordered: true }),
      {
        emptyIsAbsent: true,
        insteadOfNull: '{}',
        description: 'Members who have one of these roles in that organization, by organization.',
      },
    ),
  },
  {
    late: true,
    insteadOfNull: 'the lists that you want to empty',
    description:
      'Who may sign in to the application, once appLevelAccessControlEnabled is true. Each list that is stated is the whole list; rules for single users stay as they are.',
  },
);

export const appLevelAccessControlEnabled = {
  type: 'flag',
  late: true,
  lostWithObject: 'the access rules are lost with the old application',
  default: false,
  description:
    'Let only those sign in whom the access rules name. Logto refuses true while there is no rule.',
} as const;

export const accessControlPart: Part = {
  needs: ['roles', 'organizations', 'organizationRoles'],
  read: async (api, id, stated, lists) => {
    const rules = await readRules(api, id);
    const value = {
      userRoles: rules.userRoleIds,
      organizations: rules.organizationIds,
      organizationRoles: Object.fromEntries(
        rules.organizationRoleRules.map(({ organizationId, organizationRoleIds }) => [
          organizationId,
          organizationRoleIds,
        ]),
      ),
    };
    const names = isObject(stated) ? Object.keys(stated) : [];
    const ids = new Set([
      ...rules.userRoleIds,
      ...rules.organizationIds,
      ...rules.organizationRoleRules.flatMap(({ organizationRoleIds }) => organizationRoleIds),
      ...rules.organizationRoleRules.map(({ organizationId }) => organizationId),
    ]);
    return {
      value: Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name))),
      targets:
        ids.size === 0 ? [] : (accessControlPart.needs?.flatMap((kind) => targetsIn(lists, kind, ids)) ?? []),
    };
  },
};

/** Those that the rules name: each of thousands of applications asks, and most have no rules. */
const targetsIn = (lists: TenantLists, kind: string, ids: ReadonlySet<string>): readonly LinkTarget[] =>
  (lists.get(kind) ?? [])
    .filter(({ id }) => ids.has(id))
    .map(({ id, fields }) => ({ kind, id, name: textOf(fields.name) }));

interface Rules {
  readonly userIds: readonly string[];
  readonly userRoleIds: readonly string[];
  readonly organizationIds: readonly string[];
  readonly organizationRoleRules: readonly {
    readonly organizationId: string;
    readonly organizationRoleIds: readonly string[];
  }[];
}

async function readRules(api: ReadApi, id: string): Promise<Rules> {
  const { userIds, userRoleIds, organizationIds, organizationRoleRules } = asObject(await api.get(path(id)));
  return {
    userIds: textsOf(userIds),
    userRoleIds: textsOf(userRoleIds),
    organizationIds: textsOf(organizationIds),
    organizationRoleRules: asList(organizationRoleRules)
      .map(asObject)
      .map((rule) => ({
        organizationId: textOf(rule.organizationId),
        organizationRoleIds: textsOf(rule.organizationRoleIds),
      })),
  };
}

/** PUT replaces all rules at once, so those that nobody states are sent as they are. */
async function writeRules(api: WriteApi, id: string, stated: JsonObject): Promise<void> {
  const rules = await readRules(api, id);
  const { userRoles, organizations, organizationRoles } = stated;
  const wanted = {
    ...rules,
    ...(userRoles !== undefined && { userRoleIds: textsOf(userRoles) }),
    ...(organizations !== undefined && { organizationIds: textsOf(organizations) }),
    ...(isObject(organizationRoles) && {
      organizationRoleRules: Object.entries(organizationRoles)
        .map(([organizationId, roles]) => ({ organizationId, organizationRoleIds: textsOf(roles) }))
        .filter(({ organizationRoleIds }) => organizationRoleIds.length > 0),
    }),
  };
  await api.put(path(id), wanted);
}

/**
 * Writes the rules and the flag in the order that Logto wants: it refuses the flag while there is no rule, and no rule
 * while the flag is set (routes/applications/application-access-control.ts).
 *
 * @param patch writes the other fields of the application
 */
export async function writeAccessControl(
  api: WriteApi,
  id: string,
  rules: Json | undefined,
  fields: JsonObject,
  patch: (fields: JsonObject) => Promise<void>,
): Promise<void> {
  const isSwitchedOff = fields.appLevelAccessControlEnabled === false;
  if (isSwitchedOff && Object.keys(fields).length > 0) await patch(fields);
  if (isObject(rules)) await writeRules(api, id, rules);
  if (!isSwitchedOff && Object.keys(fields).length > 0) await patch(fields);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.values(value).every(isEmpty));

/** Logto refuses to let nobody in. */
export function checkAccessControl(
  applications: ReadonlyMap<string, JsonObject>,
  view: TenantView,
): readonly (Finding & { readonly address: string })[] {
  return [...applications].flatMap(
    ([address, { accessControl: rules, appLevelAccessControlEnabled: flag }]) => {
      // An application that is there may have rules for single users, which nobody states.
      const mayHaveRules = view.current(address) !== undefined;
      if (flag !== true || !isEmpty(rules ?? {}) || (mayHaveRules && rules === undefined)) return [];
      if (mayHaveRules && isObject(rules) && Object.keys(rules).length < 3) return [];
      return [
        {
          address,
          code: 'wrong-value' as const,
          severity: 'error' as const,
          path: ['appLevelAccessControlEnabled'],
          message: `${address} would let nobody sign in: appLevelAccessControlEnabled is true, and no access rule is stated, which Logto refuses`,
          hint: 'state accessControl with userRoles, organizations or organizationRoles',
        },
      ];
    },
  );
}

/** Rules name roles that users can have: a constraint of the database (tables/application_access_control_*.sql). */
export function checkAccessRoles({ accessControl: rules }: JsonObject, lookup: Lookup): readonly Finding[] {
  if (!isObject(rules)) return [];
  const check = (kind: string, keys: Json | undefined, path: readonly string[]): readonly Finding[] =>
    textsOf(keys).flatMap((key, index) => {
      if (lookup(kind, key)?.type !== 'MachineToMachine') return [];
      return [
        {
          code: 'wrong-value',
          severity: 'error',
          path: ['accessControl', ...path, String(index)],
          message: `${kind}.${key} is a role for machines; access rules are for users`,
          hint: `set ${kind}.${key}.type: User, or name another role`,
        },
      ];
    });
  const { userRoles, organizationRoles } = rules;
  return [
    ...check('roles', userRoles, ['userRoles']),
    ...Object.entries(isObject(organizationRoles) ? organizationRoles : {}).flatMap(([key, roles]) =>
      check('organizationRoles', roles, ['organizationRoles', key]),
    ),
  ];
}
