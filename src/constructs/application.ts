import type { Construct } from 'constructs';
import { application } from '../kinds/application.js';
import { roleAssignment } from '../kinds/role-assignment.js';
import { LogtoTenant } from './logto-tenant.js';
import type { ChildPropsOf, LookupOf, PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

/** A client secret without its name, which is its key. Logto makes its value. */
export type ApplicationSecretProps = ChildPropsOf<(typeof application)['children']['secrets']>;

export type ApplicationProps = PropsOf<typeof application>;

/** How to find an application that exists already. */
export type ApplicationLookup = LookupOf<typeof application>;

/** A client that signs users in, or a machine that calls APIs. */
export class Application extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: ApplicationProps) {
    super(scope, id, application, props);
  }

  /** An application that exists already: may be referred to, is never changed. */
  static fromExisting(scope: Construct, id: string, lookup: ApplicationLookup): ExistingApplication {
    return new ExistingApplication(scope, id, lookup);
  }

  /** Gives the application roles, beside those of its props. Together they are its whole set. */
  assignRole(...roles: readonly (string | Referable)[]): this {
    this.add('roles', roles);
    return this;
  }

  /** Declares one more client secret. */
  addSecret(name: string, props: ApplicationSecretProps = {}): this {
    this.addChild('secrets', name, props);
    return this;
  }

  /** The client id, for other Terraform resources: known once Terraform has applied the tenant. */
  get clientId(): string {
    return LogtoTenant.of(this).idOf(this);
  }
}

/** An application that this tenant construct refers to and does not manage. */
export class ExistingApplication extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: ApplicationLookup) {
    super(scope, id, application, lookup, true);
  }
}

export type RoleAssignmentProps = PropsOf<typeof roleAssignment>;

/** One role of one machine-to-machine application, beside the others that it has. */
export class RoleAssignment extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: RoleAssignmentProps) {
    super(scope, id, roleAssignment, props);
  }
}
