import type { Construct } from 'constructs';
import { role } from '../kinds/role.js';
import type { LookupOf, PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type RoleProps = PropsOf<typeof role>;

/** How to find a role that exists already. */
export type RoleLookup = LookupOf<typeof role>;

/** A named set of permissions, given to users or to machine-to-machine applications. */
export class Role extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id, role, props);
  }

  /** A role that exists already: may be referred to, is never changed. */
  static fromExisting(scope: Construct, id: string, lookup: RoleLookup): ExistingRole {
    return new ExistingRole(scope, id, lookup);
  }

  /** Gives the role permissions, beside those of its props. */
  grant(...scopes: readonly Referable[]): this {
    this.add('scopes', scopes);
    return this;
  }
}

/** A role that this tenant construct refers to and does not manage. */
export class ExistingRole extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: RoleLookup) {
    super(scope, id, role, lookup, true);
  }
}
