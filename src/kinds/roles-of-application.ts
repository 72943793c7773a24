import { isObject, textOf } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { listBelow, pathSegment } from './endpoints.js';
import type { LinkTarget, Relation, TenantLists, TenantObject } from './kind.js';

/**
 * The machine-to-machine roles of applications.
 *
 * PUT /applications/{id}/roles removes before it adds, without a transaction, and answers 422 to a change that it has
 * made (routes/applications/application-role.ts), so links are added by POST, which skips what is there already, and
 * removed one by one.
 */
export const rolesOfApplication: Relation = {
  needs: ['roles'],
  read: readRoles,
  readOne: readRolesOf,
  appliesTo: ({ type }) => type === 'MachineToMachine',
  add: async (api, id, roleIds) => {
    await api.post(`/api/applications/${pathSegment(id)}/roles`, { roleIds });
  },
  remove: (api, id, roleId) =>
    api.delete(`/api/applications/${pathSegment(id)}/roles/${pathSegment(roleId)}`),
};

async function readRolesOf(api: ReadApi, id: string): Promise<readonly LinkTarget[]> {
  return (await listBelow(api, `/api/applications/${pathSegment(id)}/roles`)).map(asTarget);
}

async function readRoles(
  api: ReadApi,
  applicationIds: readonly string[],
  lists: TenantLists,
): Promise<ReadonlyMap<string, readonly LinkTarget[]>> {
  const roles = (lists.get('roles') ?? []).filter((role) => role.fields.type === 'MachineToMachine');
  const crowded = roles.filter((role) => !showsAllApplications(role));
  // Either direction answers the question; take the one with fewer requests.
  if (crowded.length > applicationIds.length) {
    return new Map(
      await Promise.all(applicationIds.map(async (id) => [id, await readRolesOf(api, id)] as const)),
    );
  }
  const links = new Map<string, LinkTarget[]>(applicationIds.map((id) => [id, []]));
  await Promise.all(
    roles.map(async (role) => {
      const applications = showsAllApplications(role)
        ? featured(role)
        : (await listBelow(api, `/api/roles/${pathSegment(role.id)}/applications`)).map(({ id }) => id);
      for (const id of applications) links.get(id)?.push(asTarget(role));
    }),
  );
  return links;
}

/** The list of roles names at most three applications of each, and counts all of them (queries/roles.ts). */
const showsAllApplications = (role: TenantObject): boolean =>
  role.fields.applicationsCount === featured(role).length;

function featured(role: TenantObject): readonly string[] {
  const applications = role.fields.featuredApplications;
  if (!Array.isArray(applications)) return [];
  return applications.filter(isObject).map((application) => textOf(application.id));
}

const asTarget = (role: TenantObject): LinkTarget => ({
  kind: 'roles',
  id: role.id,
  name: textOf(role.fields.name),
});
