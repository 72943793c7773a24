import type { Construct } from 'constructs';
import { apiResource } from '../kinds/api-resource.js';
import type { ChildPropsOf, LookupOf, PropsOf, Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

/** A permission without its name, which is its key. */
export type ScopeProps = ChildPropsOf<(typeof apiResource)['children']['scopes']>;

export type ApiResourceProps = PropsOf<typeof apiResource>;

/** How to find an API resource that exists already. */
export type ApiResourceLookup = LookupOf<typeof apiResource>;

/** An API that access tokens are issued for, with its permissions. */
export class ApiResource extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: ApiResourceProps) {
    super(scope, id, apiResource, props);
  }

  /** An API resource that exists already: may be referred to, is never changed. */
  static fromExisting(scope: Construct, id: string, lookup: ApiResourceLookup): ExistingApiResource {
    return new ExistingApiResource(scope, id, lookup);
  }

  /** Declares one more permission. */
  addScope(name: string, props: ScopeProps = {}): Referable {
    this.addChild('scopes', name, props);
    return this.scope(name);
  }

  /** A permission, to be granted to a role. */
  scope(name: string): Referable {
    return scopeOf(this, name);
  }
}

/** An API resource that this tenant construct refers to and does not manage. */
export class ExistingApiResource extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: ApiResourceLookup) {
    super(scope, id, apiResource, lookup, true);
  }

  scope(name: string): Referable {
    return scopeOf(this, name);
  }
}

/** A permission of the Management API of the tenant, such as `all`. */
export const managementApiScope = (name = 'all'): Referable => ({
  reference: { kind: 'apiResources.scopes', key: name, parentKey: 'management-api' },
});

const scopeOf = ({ reference }: Referable, name: string): Referable => ({
  reference: { kind: 'apiResources.scopes', key: name, parentKey: reference.key },
});
