import type { Problem } from '../errors.js';
import { textOf } from '../json.js';
import { knownBy, titleOf, valueAt } from '../kinds/identity.js';
import type { TenantObject } from '../kinds/kind.js';
import type { ForeignOwner } from './ledger.js';
import type { Resource } from './resource.js';

const at = (resource: Resource): Pick<Problem, 'at'> => (resource.source ? { at: resource.source } : {});

export const conflict = (resource: Resource, other: string, object: TenantObject): Problem => ({
  code: 'conflict',
  severity: 'error',
  message: `${resource.address} and ${other} are the same ${resource.kind.singular} of the tenant, "${titleOf(resource.kind, object.fields)}" (${object.id})`,
  hint: 'keep one of the two; if the key was renamed, say so with `moved`',
  ...at(resource),
});

export const pinContradicts = (resource: Resource, id: string): Problem => ({
  code: 'conflict',
  severity: 'error',
  message: `${resource.address} pins id ${textOf(resource.pinnedId)}, but the ledger says that it owns ${id}`,
  hint: 'take the pin out, or give the new object a key of its own',
  ...at(resource),
});

export const pinNotFound = (resource: Resource): Problem => ({
  code: 'not-found',
  severity: 'error',
  message: `${resource.address}: the tenant has no ${resource.kind.singular} with id ${textOf(resource.pinnedId)}`,
  hint: 'take the pin out to create a new one, or correct it',
  ...at(resource),
});

export function ownedElsewhere(
  resource: Resource,
  object: TenantObject,
  { stack, applicationId }: ForeignOwner,
): Problem {
  const { kind, address } = resource;
  const known = knownBy(kind, object.fields)
    .map((name) => `${name} "${textOf(valueAt(object.fields, name))}"`)
    .join(', ');
  const keeper = applicationId === undefined ? '' : `, whose ledger application ${applicationId} keeps`;
  return {
    code: 'foreign-owner',
    severity: 'error',
    message: `${address}: the ${kind.singular} ${known} (${object.id}) belongs to the stack "${stack}"${keeper}`,
    hint:
      applicationId === undefined
        ? `declare it in one stack only; to refer to it from here, put it under external.${kind.name}`
        : `if this is the same stack, pass --ledger-application ${applicationId}; to refer to it, put it under external.${kind.name}`,
    ...at(resource),
  };
}
