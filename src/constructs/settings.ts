import type { Construct } from 'constructs';
import { domain } from '../kinds/domain.js';
import { idToken } from '../kinds/id-token.js';
import { session } from '../kinds/session.js';
import type { PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type DomainProps = PropsOf<typeof domain>;

/** A domain of your own for the tenant, on Logto Cloud. */
export class Domain extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: DomainProps) {
    super(scope, id, domain, props);
  }
}

export type IdTokenProps = PropsOf<typeof idToken>;

/** What is in ID tokens; there is one such configuration in each tenant. */
export class IdToken extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: IdTokenProps) {
    super(scope, id, idToken, props);
  }
}

export type SessionProps = PropsOf<typeof session>;

/** How long users stay signed in; there is one such configuration in each tenant. */
export class Session extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: SessionProps) {
    super(scope, id, session, props);
  }
}
