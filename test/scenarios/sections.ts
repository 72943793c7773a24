/** How the API and a scenario call the objects of a section, and what is told of them. */
export interface Section {
  /** In tokens: `{organization role Buyer}`. */
  readonly noun: string;
  /** Where objects are made; `path/id` is where one is changed and deleted. */
  readonly path: string;
  /** Asked for the whole list. */
  readonly list: string;
  /** What an object is known by, from what Logto tells of it. */
  readonly nameOf: (object: TenantObject) => string;
  /** Columns of the description: all that can be configured. */
  readonly told: readonly string[];
}

export interface TenantObject extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const byName = ({ name }: TenantObject): string => text(name);

/** In an order in which what others need comes first. */
export const sections = {
  apiResources: {
    noun: 'API resource',
    path: '/api/resources',
    list: '/api/resources?includeScopes=true',
    nameOf: byName,
    told: ['name', 'indicator', 'accessTokenTtl', 'isDefault'],
  },
  roles: {
    noun: 'role',
    path: '/api/roles',
    list: '/api/roles?page_size=100',
    nameOf: byName,
    told: ['name', 'description', 'type', 'isDefault'],
  },
  organizationScopes: {
    noun: 'organization permission',
    path: '/api/organization-scopes',
    list: '/api/organization-scopes',
    nameOf: byName,
    told: ['name', 'description'],
  },
  organizationRoles: {
    noun: 'organization role',
    path: '/api/organization-roles',
    list: '/api/organization-roles?page_size=100',
    nameOf: byName,
    told: ['name', 'description', 'type', 'scopes', 'resourceScopes'],
  },
  ssoConnectors: {
    noun: 'SSO connector',
    path: '/api/sso-connectors',
    list: '/api/sso-connectors',
    nameOf: ({ connectorName }) => text(connectorName),
    told: [
      'connectorName',
      'providerName',
      'config',
      'domains',
      'branding',
      'syncProfile',
      'enableTokenStorage',
    ],
  },
  applications: {
    noun: 'application',
    path: '/api/applications',
    list: '/api/applications',
    nameOf: byName,
    told: [
      'name',
      'description',
      'type',
      'oidcClientMetadata',
      'customClientMetadata',
      'protectedAppMetadata',
      'customData',
      'isThirdParty',
      'appLevelAccessControlEnabled',
    ],
  },
  samlApplications: {
    noun: 'SAML application',
    path: '/api/saml-applications',
    list: '/api/applications?types=SAML',
    nameOf: byName,
    told: [
      'name',
      'description',
      'customData',
      'entityId',
      'acsUrl',
      'attributeMapping',
      'encryption',
      'nameIdFormat',
      'appLevelAccessControlEnabled',
    ],
  },
  organizations: {
    noun: 'organization',
    path: '/api/organizations',
    list: '/api/organizations?page_size=100',
    nameOf: byName,
    told: ['name', 'description', 'customData', 'isMfaRequired', 'color', 'branding', 'customCss'],
  },
  users: {
    noun: 'user',
    path: '/api/users',
    list: '/api/users?page_size=100',
    nameOf: ({ username, primaryEmail, primaryPhone }) => text(username ?? primaryEmail ?? primaryPhone),
    told: [
      'username',
      'primaryEmail',
      'primaryPhone',
      'name',
      'avatar',
      'profile',
      'customData',
      'isSuspended',
      'hasPassword',
    ],
  },
  connectors: {
    noun: 'connector',
    path: '/api/connectors',
    list: '/api/connectors',
    nameOf: ({ connectorId, metadata }) => text((metadata as { target?: unknown }).target ?? connectorId),
    told: ['connectorId', 'config', 'metadata', 'syncProfile', 'enableTokenStorage'],
  },
  emailTemplates: {
    noun: 'e-mail template',
    path: '/api/email-templates',
    list: '/api/email-templates',
    nameOf: ({ languageTag, templateType }) => `${text(languageTag)} ${text(templateType)}`,
    told: ['details'],
  },
  customProfileFields: {
    noun: 'profile field',
    path: '/api/custom-profile-fields',
    list: '/api/custom-profile-fields',
    nameOf: byName,
    told: ['name', 'type', 'required', 'label', 'description', 'config', 'sieOrder'],
  },
  webhooks: {
    noun: 'webhook',
    path: '/api/hooks',
    list: '/api/hooks',
    nameOf: byName,
    told: ['name', 'events', 'config', 'enabled'],
  },
} as const satisfies Readonly<Record<string, Section>>;

export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as SectionName[];
