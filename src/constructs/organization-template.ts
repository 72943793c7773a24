import type { Construct } from 'constructs';
import { organizationRole } from '../kinds/organization-role.js';
import { organizationScope } from '../kinds/organization-scope.js';
import type { PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type OrganizationScopeProps = PropsOf<typeof organizationScope>;

/** A permission inside an organization, part of the template that all organizations share. */
export class OrganizationScope extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: OrganizationScopeProps) {
    super(scope, id, organizationScope, props);
  }
}

export type OrganizationRoleProps = PropsOf<typeof organizationRole>;

/** A role inside an organization, part of the template that all organizations share. */
export class OrganizationRole extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: OrganizationRoleProps) {
    super(scope, id, organizationRole, props);
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
