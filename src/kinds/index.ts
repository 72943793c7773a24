import { apiResource } from './api-resource.js';
import { application } from './application.js';
import type { Kind } from './kind.js';
import { role } from './role.js';
import { roleAssignment } from './role-assignment.js';

/** Every kind, in the order in which reports show them. */
export const kinds: readonly Kind[] = [apiResource, role, application, roleAssignment];

const byName = new Map<string, Kind>();
for (const kind of kinds) {
  byName.set(kind.name, kind);
  for (const child of Object.values(kind.children ?? {})) byName.set(child.name, child);
}

/** The kind of that name, children (`apiResources.scopes`) included. */
export function kindNamed(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`no kind is named ${name}`);
  return kind;
}
