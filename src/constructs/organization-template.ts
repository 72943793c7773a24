import type { Construct } from 'constructs';
import { organizationRole } from '../kinds/organization-role.js';
import { organizationScope } from '../kinds/organization-scope.js';
import type { LookupOf, PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type OrganizationScopeProps = PropsOf<typeof organizationScope>;

/** How to find an organization permission that exists already. */
export type OrganizationScopeLookup = LookupOf<typeof organizationScope>;

/** A permission inside an organization, part of the template that all organizations share. */
export class OrganizationScope extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: OrganizationScopeProps) {
    super(scope, id, organizationScope, props);
  }

  /** An organization permission that exists already: may be referred to, is never changed. */
  static fromExisting(
    scope: Construct,
    id: string,
    lookup: OrganizationScopeLookup,
  ): ExistingOrganizationScope {
    return new ExistingOrganizationScope(scope, id, lookup);
  }
}

/** An organization permission that this tenant construct refers to and does not manage. */
export class ExistingOrganizationScope extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: OrganizationScopeLookup) {
    super(scope, id, organizationScope, lookup, true);
  }
}

export type OrganizationRoleProps = PropsOf<typeof organizationRole>;

/** How to find an organization role that exists already. */
export type OrganizationRoleLookup = LookupOf<typeof organizationRole>;

/** A role inside an organization, part of the template that all organizations share. */
export class OrganizationRole extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: OrganizationRoleProps) {
    super(scope, id, organizationRole, props);
  }

  /** An organization role that exists already: may be referred to, is never changed. */
  static fromExisting(
    scope: Construct,
    id: string,
    lookup: OrganizationRoleLookup,
  ): ExistingOrganizationRole {
    return new ExistingOrganizationRole(scope, id, lookup);
  }

  /** Gives the role organization permissions, beside those of its props. */
  grant(...scopes: readonly (string | Referable)[]): this {
    this.add('scopes', scopes);
    return this;
  }

  /** Gives the role permissions of API resources, beside those of its props. */
  grantResourceScopes(...scopes: readonly Referable[]): this {
    this.add('resourceScopes', scopes);
    return this;
  }
}

/** An organization role that this tenant construct refers to and does not manage. */
export class ExistingOrganizationRole extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: OrganizationRoleLookup) {
    super(scope, id, organizationRole, lookup, true);
  }
}
