/** Constructs that declare the configuration of a Logto tenant, for CDKTF (`logto-iac/cdktf`) and CDK Terrain (`logto-iac/cdktn`). */
export { LogtoTenant } from './logto-tenant.js';
export type { LogtoTenantProps } from './logto-tenant.js';
export { ApiResource, ExistingApiResource, managementApiScope } from './api-resource.js';
export type { ApiResourceLookup, ApiResourceProps, ScopeProps } from './api-resource.js';
export { ExistingRole, Role } from './role.js';
export type { RoleLookup, RoleProps } from './role.js';
export { Application, ExistingApplication, RoleAssignment } from './application.js';
export type { ApplicationLookup, ApplicationProps, RoleAssignmentProps } from './application.js';
export { LogtoTesting } from './testing.js';
export type { PropsOf, Referable, ResourceProps } from './props.js';
export { OrganizationRole, OrganizationScope } from './organization-template.js';
export type { OrganizationRoleProps, OrganizationScopeProps } from './organization-template.js';
export { Webhook } from './webhook.js';
export type { WebhookProps } from './webhook.js';
export { CustomPhrase, EmailTemplate } from './texts.js';
export type { CustomPhraseProps, EmailTemplateProps } from './texts.js';
