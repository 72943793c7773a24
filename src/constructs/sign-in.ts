import type { Construct } from 'constructs';
import { accountCenter } from '../kinds/account-center.js';
import { captchaProvider } from '../kinds/captcha-provider.js';
import { customProfileField } from '../kinds/custom-profile-field.js';
import { signInExperience } from '../kinds/sign-in-experience.js';
import type { PropsOf } from './props.js';
import { ResourceConstruct } from './resource-construct.js';

export type SignInExperienceProps = PropsOf<typeof signInExperience>;

/** How users sign in and sign up, and what they see; there is one in each tenant. */
export class SignInExperience extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: SignInExperienceProps) {
    super(scope, id, signInExperience, props);
  }
}

export type AccountCenterProps = PropsOf<typeof accountCenter>;

/** What users see and change of their own account; there is one in each tenant. */
export class AccountCenter extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: AccountCenterProps) {
    super(scope, id, accountCenter, props);
  }
}

export type CaptchaProviderProps = PropsOf<typeof captchaProvider>;

/** Who tells users from machines; there is one at most in each tenant. */
export class CaptchaProvider extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: CaptchaProviderProps) {
    super(scope, id, captchaProvider, props);
  }
}

export type CustomProfileFieldProps = PropsOf<typeof customProfileField>;

/** What users are asked for besides; its id, or `key`, is its name, where the answer is stored. */
export class CustomProfileField extends ResourceConstruct {
  constructor(scope: Construct, id: string, props: CustomProfileFieldProps) {
    super(scope, id, customProfileField, props);
  }
}
