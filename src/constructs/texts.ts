import type { Construct } from 'constructs';
import { customPhrase } from '../kinds/custom-phrase.js';
import { emailTemplate } from '../kinds/email-template.js';
import type { PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type CustomPhraseProps = PropsOf<typeof customPhrase>;

/** What the sign-in pages say in one language, where it differs from what Logto says. */
export class CustomPhrase extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: CustomPhraseProps) {
    super(scope, id, customPhrase, props);
  }
}

export type EmailTemplateProps = PropsOf<typeof emailTemplate>;

/** What an e-mail of one type says in one language. */
export class EmailTemplate extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: EmailTemplateProps) {
    super(scope, id, emailTemplate, props);
  }
}
