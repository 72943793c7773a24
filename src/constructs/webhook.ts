import type { Construct } from 'constructs';
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
