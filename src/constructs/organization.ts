import type { Construct } from 'constructs';
import { organization } from '../kinds/organization.js';
import type { LookupOf, PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type OrganizationProps = PropsOf<typeof organization>;

/** How to find an organization that exists already. */
export type OrganizationLookup = LookupOf<typeof organization>;

/** An organization with its settings: those who belong together, such as one of your customers. */
export class Organization extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: OrganizationProps) {
    super(scope, id, organization, props);
  }

  /** An organization that exists already: may be referred to, is never changed. */
  static fromExisting(scope: Construct, id: string, lookup: OrganizationLookup): ExistingOrganization {
    return new ExistingOrganization(scope, id, lookup);
  }

  /**
   * Puts a machine-to-machine application into the organization, with roles there, beside those of its props. Together
   * they are its whole set.
   */
  addApplication(application: string | Referable, ...roles: readonly (string | Referable)[]): this {
    this.addEntry('applications', application, roles);
    return this;
  }
}

/** An organization that this tenant construct refers to and does not manage. */
export class ExistingOrganization extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: OrganizationLookup) {
    super(scope, id, organization, lookup, true);
  }
}
