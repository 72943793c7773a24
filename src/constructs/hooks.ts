import type { Construct } from 'constructs';
import { action } from '../kinds/action.js';
import { jwtCustomizer } from '../kinds/jwt-customizer.js';
import { webhook } from '../kinds/webhook.js';
import type { PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type WebhookProps = PropsOf<typeof webhook>;

/** A request that Logto sends when something happens. */
export class Webhook extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: WebhookProps) {
    super(scope, id, webhook, props);
  }
}

export type ActionProps = PropsOf<typeof action>;

/** A script that Logto runs at a point of the sign-in; its id, or `key`, says at which: `action.postSignIn`. */
export class Action extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: ActionProps) {
    super(scope, id, action, props);
  }
}

export type JwtCustomizerProps = PropsOf<typeof jwtCustomizer>;

/** A script that adds claims to tokens; its id, or `key`, says to which: `access-token` or `client-credentials`. */
export class JwtCustomizer extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: JwtCustomizerProps) {
    super(scope, id, jwtCustomizer, props);
  }
}
