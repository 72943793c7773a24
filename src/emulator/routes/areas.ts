import type { Api } from '../api/api.js';
import type { Tenant } from '../tenant.js';
import { addApplicationRoles } from './application-roles.js';
import { addApplicationSecrets } from './application-secrets.js';
import { addApplications } from './applications.js';
import { addOrganizationApplications } from './organization-applications.js';
import { addOrganizationJit } from './organization-jit.js';
import { addOrganizationRoles } from './organization-roles.js';
import { addOrganizationScopes } from './organization-scopes.js';
import { addOrganizations } from './organizations.js';
import { addResources } from './resources.js';
import { addRoleApplications } from './role-applications.js';
import { addRoleScopes } from './role-scopes.js';
import { addRoles } from './roles.js';
import { addScopes } from './scopes.js';
import { addStatus } from './status.js';

/** An area of the API: registers its endpoints. */
export type Area = (api: Api, tenant: Tenant) => void;

/** In the order in which paths are looked for. */
export const areas: readonly Area[] = [
  addStatus,
  addApplications,
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
];
