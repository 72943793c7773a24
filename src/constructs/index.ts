/** Constructs that declare the configuration of a Logto tenant, for CDKTF (`logto-iac/cdktf`) and CDK Terrain (`logto-iac/cdktn`). */
export { LogtoTenant } from './logto-tenant.js';
export type { LogtoTenantProps } from './logto-tenant.js';
export { LogtoTesting } from './testing.js';
export type { PropsOf, Referable, ResourceProps } from './props.js';

export { ApiResource, ExistingApiResource, managementApiScope } from './api-resource.js';
export type { ApiResourceLookup, ApiResourceProps, ScopeProps } from './api-resource.js';
export { ExistingRole, Role } from './role.js';
export type { RoleLookup, RoleProps } from './role.js';
export { Application, ExistingApplication, RoleAssignment } from './application.js';
export type {
  ApplicationLookup,
  ApplicationProps,
  ApplicationSecretProps,
  RoleAssignmentProps,
} from './application.js';
export { SamlApplication } from './saml-application.js';
export type { SamlApplicationProps, SamlSecretProps } from './saml-application.js';
export {
  ExistingOrganizationRole,
  ExistingOrganizationScope,
  OrganizationRole,
  OrganizationScope,
} from './organization-template.js';
export type {
  OrganizationRoleLookup,
  OrganizationRoleProps,
  OrganizationScopeLookup,
  OrganizationScopeProps,
} from './organization-template.js';
export { ExistingOrganization, Organization } from './organization.js';
export type { OrganizationLookup, OrganizationProps } from './organization.js';
export { User } from './user.js';
export type { UserProps } from './user.js';
export { Connector, ExistingSsoConnector, SsoConnector } from './connectors.js';
export type { ConnectorProps, SsoConnectorLookup, SsoConnectorProps } from './connectors.js';
export { AccountCenter, CaptchaProvider, CustomProfileField, SignInExperience } from './sign-in.js';
export type {
  AccountCenterProps,
  CaptchaProviderProps,
  CustomProfileFieldProps,
  SignInExperienceProps,
} from './sign-in.js';
export { CustomPhrase, EmailTemplate } from './texts.js';
export type { CustomPhraseProps, EmailTemplateProps } from './texts.js';
export { Action, JwtCustomizer, Webhook } from './hooks.js';
export type { ActionProps, JwtCustomizerProps, WebhookProps } from './hooks.js';
export { Domain, IdToken, Session } from './settings.js';
export type { DomainProps, IdTokenProps, SessionProps } from './settings.js';
