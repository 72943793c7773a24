import type { Construct } from 'constructs';
import { samlApplication } from '../kinds/saml-application.js';
import type { ChildPropsOf, PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

/** A certificate with which assertions are signed. */
export type SamlSecretProps = ChildPropsOf<(typeof samlApplication)['children']['secrets']>;

export type SamlApplicationProps = PropsOf<typeof samlApplication>;

/** A service provider that signs users in by SAML. */
export class SamlApplication extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: SamlApplicationProps) {
    super(scope, id, samlApplication, props);
  }

  /** Declares one more certificate; its key is what the manifest calls it. */
  addSecret(key: string, props: SamlSecretProps): this {
    this.addChild('secrets', key, props);
    return this;
  }
}
