import { livesOfApplications } from './lives-of-applications';
import { livesOfApis } from './lives-of-apis';
import { livesOfOrganizations } from './lives-of-organizations';
import { livesOfSignIn } from './lives-of-sign-in';
import { livesOfTexts } from './lives-of-texts';
import type { Life } from './life';

/** At least one life of each kind; together they change every field of every kind. */
export const lives: readonly Life[] = [
  ...livesOfApis,
  ...livesOfApplications,
  ...livesOfOrganizations,
  ...livesOfSignIn,
  ...livesOfTexts,
];

/** Fields that no life changes, and why. */
export const neverChanged: Readonly<Record<string, string>> = {
  'applications.protectedAppMetadata': 'protected applications need Logto Cloud',
  'domains.domain': 'custom domains need Logto Cloud',
  'domains.verificationFiles': 'custom domains need Logto Cloud',
  'signInExperience.hideLogtoBranding': 'Logto Cloud only',
  'signInExperience.customUiCsp': 'Logto Cloud only',
  'signInExperience.emailBlocklistPolicy.blockDisposableAddresses': 'Logto Cloud only',
  'connectors.enableTokenStorage': 'needs a vault key on the server',
  'ssoConnectors.enableTokenStorage': 'needs a vault key on the server',
  'users.password': 'sent when the user is made, and never again',
  'users.passwordDigest': 'sent when the user is made, and never again',
  'users.passwordAlgorithm': 'sent when the user is made, and never again',
  'applications.secrets.rotate': 'what it does takes its time: see test/reconcile/rotation.test.ts',
  'samlApplications.secrets.active': 'true for one of several: see life-of-every-kind.test.ts',
};
