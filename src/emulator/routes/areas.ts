import type { Api } from '../api/api.js';
import type { Tenant } from '../tenant.js';
import { addAccountCenter } from './account-center.js';
import { addApplicationAccessControl } from './application-access-control.js';
import { addApplicationConsentScopes } from './application-consent-scopes.js';
import { addApplicationRoles } from './application-roles.js';
import { addApplicationSecrets } from './application-secrets.js';
import { addApplicationSignInExperience } from './application-sign-in-experience.js';
import { addApplications } from './applications.js';
import { addCaptchaProvider } from './captcha-provider.js';
import { addConfigs } from './configs.js';
import { addConnectorFactories } from './connector-factories.js';
import { addConnectors } from './connectors.js';
import { addCustomPhrases } from './custom-phrases.js';
import { addCustomProfileFields } from './custom-profile-fields.js';
import { addDomains } from './domains.js';
import { addEmailTemplates } from './email-templates.js';
import { addHooks } from './hooks.js';
import { addOidcKeys } from './oidc-keys.js';
import { addOrganizationApplications } from './organization-applications.js';
import { addOrganizationJit } from './organization-jit.js';
import { addOrganizationRoles } from './organization-roles.js';
import { addOrganizationScopes } from './organization-scopes.js';
import { addOrganizationUsers } from './organization-users.js';
import { addOrganizations } from './organizations.js';
import { addPasswordCheck } from './password-check.js';
import { addResources } from './resources.js';
import { addRoleApplications } from './role-applications.js';
import { addRoleScopes } from './role-scopes.js';
import { addRoleUsers } from './role-users.js';
import { addRoles } from './roles.js';
import { addSamlApplicationSecrets } from './saml-application-secrets.js';
import { addSamlApplications } from './saml-applications.js';
import { addScopes } from './scopes.js';
import { addScripts } from './scripts.js';
import { addSignInExperience } from './sign-in-experience.js';
import { addSsoConnectors } from './sso-connectors.js';
import { addStatus } from './status.js';
import { addSystems } from './systems.js';
import { addUserRoles } from './user-roles.js';
import { addUsers } from './users.js';

/** An area of the API: registers its endpoints. */
export type Area = (api: Api, tenant: Tenant) => void;

/** In the order in which paths are looked for. */
export const areas: readonly Area[] = [
  addStatus,
  addApplications,
  addApplicationAccessControl,
  addApplicationSignInExperience,
  addApplicationConsentScopes,
  addApplicationRoles,
  addApplicationSecrets,
  addResources,
  addScopes,
  addRoles,
  addRoleScopes,
  addRoleApplications,
  addOrganizationScopes,
  addOrganizationRoles,
  addOrganizations,
  addOrganizationJit,
  addOrganizationApplications,
  addUsers,
  addUserRoles,
  addRoleUsers,
  addOrganizationUsers,
  addHooks,
  addSignInExperience,
  addPasswordCheck,
  addAccountCenter,
  addCustomPhrases,
  addCustomProfileFields,
  addCaptchaProvider,
  addEmailTemplates,
  addDomains,
  addConfigs,
  addOidcKeys,
  addScripts,
  addConnectorFactories,
  addConnectors,
  addSsoConnectors,
  addSamlApplications,
  addSamlApplicationSecrets,
  addSystems,
];
