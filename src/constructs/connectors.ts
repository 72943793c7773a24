import type { Construct } from 'constructs';
import { connector } from '../kinds/connector.js';
import { ssoConnector } from '../kinds/sso-connector.js';
import type { LookupOf, PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type ConnectorProps = PropsOf<typeof connector>;

/** A social sign-in, or what e-mails or text messages are sent with. */
export class Connector extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id, connector, props);
  }
}

export type SsoConnectorProps = PropsOf<typeof ssoConnector>;

/** How to find an enterprise SSO connector that exists already. */
export type SsoConnectorLookup = LookupOf<typeof ssoConnector>;

/** An identity provider of an enterprise, by which its people sign in. */
export class SsoConnector extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: SsoConnectorProps) {
    super(scope, id, ssoConnector, props);
  }

  /** An enterprise SSO connector that exists already: may be referred to, is never changed. */
  static fromExisting(scope: Construct, id: string, lookup: SsoConnectorLookup): ExistingSsoConnector {
    return new ExistingSsoConnector(scope, id, lookup);
  }
}

/** An enterprise SSO connector that this tenant construct refers to and does not manage. */
export class ExistingSsoConnector extends ResourceConstruct {
  constructor(scope: Construct, id: string, lookup: SsoConnectorLookup) {
    super(scope, id, ssoConnector, lookup, true);
  }
}
