import type { Construct } from 'constructs';
import { user } from '../kinds/user.js';
import type { PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type UserProps = PropsOf<typeof user>;

/** A user for services and tests; a password comes from a sensitive TerraformVariable. */
export class User extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: UserProps) {
    super(scope, id, user, props);
  }

  /** Gives the user roles, beside those of its props. Together they are the whole set. */
  assignRole(...roles: readonly (string | Referable)[]): this {
    this.add('roles', roles);
    return this;
  }

  /**
   * Makes the user a member of an organization, with roles there, beside those of its props. Together they are the whole
   * set.
   */
  addToOrganization(organization: string | Referable, ...roles: readonly (string | Referable)[]): this {
    this.addEntry('organizations', organization, roles);
    return this;
  }
}
