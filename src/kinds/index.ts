import { accountCenter } from './account-center.js';
import { action } from './action.js';
import { apiResource } from './api-resource.js';
import { application } from './application.js';
import { captchaProvider } from './captcha-provider.js';
import { connector } from './connector.js';
import { customPhrase } from './custom-phrase.js';
import { customProfileField } from './custom-profile-field.js';
import { domain } from './domain.js';
import { emailTemplate } from './email-template.js';
import { idToken } from './id-token.js';
import { jwtCustomizer } from './jwt-customizer.js';
import { organization } from './organization.js';
import { organizationRole } from './organization-role.js';
import { organizationScope } from './organization-scope.js';
import { parseAddress } from '../address.js';
import type { Kind } from './kind.js';
import { role } from './role.js';
import { roleAssignment } from './role-assignment.js';
import { samlApplication } from './saml-application.js';
import { session } from './session.js';
import { signInExperience } from './sign-in-experience.js';
import { ssoConnector } from './sso-connector.js';
import { user } from './user.js';
import { webhook } from './webhook.js';

/** Every kind. What others refer to comes first: reports show them so, and deletes go the other way. */
export const kinds: readonly Kind[] = [
  apiResource,
  organizationScope,
  role,
  organizationRole,
  ssoConnector,
  application,
  organization,
  samlApplication,
  roleAssignment,
  user,
  connector,
  customPhrase,
  emailTemplate,
  customProfileField,
  captchaProvider,
  domain,
  signInExperience,
  accountCenter,
  jwtCustomizer,
  action,
  idToken,
  session,
  webhook,
];

const byName = new Map<string, Kind>();
for (const kind of kinds) {
  byName.set(kind.name, kind);
  for (const child of Object.values(kind.children ?? {})) byName.set(child.name, child);
}

/** The kind of that name, children (`apiResources.scopes`) included. */
export function kindNamed(name: string): Kind {
  const kind = byName.get(name);
  if (!kind) throw new Error(`no kind is named ${name}`);
  return kind;
}

/** The kind of the resource at an address; undefined where the address is of no kind that this version knows. */
export function kindOfAddress(address: string): Kind | undefined {
  const segments = parseAddress(address) ?? [];
  const [section = '', , childSection] = segments;
  const kind = byName.get(section);
  return childSection === undefined || kind?.link ? kind : byName.get(`${section}.${childSection}`);
}
