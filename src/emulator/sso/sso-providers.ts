import type { z } from 'zod';

import type { Zod } from '../packages.js';

/** A kind of identity provider of enterprises. */
export interface SsoProvider {
  readonly providerName: string;
  readonly providerType: 'oidc' | 'saml';
  readonly name: string;
  readonly description: string;
  /** Parses a config: what it does not know is left out, and defaults are put in. */
  readonly config: (z: Zod) => z.ZodType<SsoConfig, z.ZodTypeDef, unknown>;
}

export type SsoConfig = Readonly<Record<string, unknown>>;

const oidcConfig = (z: Zod): z.AnyZodObject =>
  z.object({
    clientId: z.string(),
    clientSecret: z.string(),
    issuer: z.string(),
    scope: z.string().optional(),
    trustUnverifiedEmail: z.boolean().optional().default(false),
  });

const googleConfig = (z: Zod): z.AnyZodObject =>
  oidcConfig(z).omit({ issuer: true }).extend({ offlineAccess: z.boolean().optional() });

/** How requests are signed is checked, and then not stored. */
const inDevelopment = ['signAuthnRequest', 'requestSignatureAlgorithm'];

/** Where to find the provider: the address of its metadata, the metadata, or what is in them. */
const samlConfig: SsoProvider['config'] = (z) => {
  const common = {
    attributeMapping: z.object({ id: z.string(), email: z.string(), name: z.string() }).partial().optional(),
    signAuthnRequest: z.boolean().optional(),
    requestSignatureAlgorithm: z
      .enum([
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
      ])
      .optional(),
  };
  return z
    .union([
      z.object({ metadataUrl: z.string(), ...common }),
      z.object({ metadata: z.string(), ...common }),
      z.object({ entityId: z.string(), signInEndpoint: z.string(), x509Certificate: z.string(), ...common }),
    ])
    .transform((config) =>
      Object.fromEntries(Object.entries(config).filter(([key]) => !inDevelopment.includes(key))),
    );
};

/** @see packages/core/src/sso in logto-io/logto */
export const ssoProviders: readonly SsoProvider[] = [
  {
    providerName: 'OIDC',
    providerType: 'oidc',
    name: 'OIDC',
    description: 'Modern protocol built on OAuth 2.0 for identity verification in web and mobile apps.',
    config: oidcConfig,
  },
  {
    providerName: 'SAML',
    providerType: 'saml',
    name: 'SAML',
    description: 'XML-based open standard for web single sign-on and identity federation.',
    config: samlConfig,
  },
  {
    providerName: 'AzureAD',
    providerType: 'saml',
    name: 'Microsoft Entra ID (SAML)',
    description: 'Formerly Azure AD, a comprehensive cloud-based identity management service.',
    config: samlConfig,
  },
  {
    providerName: 'AzureAdOidc',
    providerType: 'oidc',
    name: 'Microsoft Entra ID (OIDC)',
    description: 'OpenID Connect on the Microsoft identity platform. Formerly known as Azure AD OIDC.',
    config: oidcConfig,
  },
  {
    providerName: 'GoogleWorkspace',
    providerType: 'oidc',
    name: 'Google Workspace',
    description: 'Unified and secure management of user access within the Google ecosystem.',
    config: googleConfig,
  },
  {
    providerName: 'Okta',
    providerType: 'oidc',
    name: 'Okta',
    description: 'Centralizes identity management for customers, employees, and partners.',
    config: oidcConfig,
  },
];

export const findProvider = (providerName: string): SsoProvider | undefined =>
  ssoProviders.find((provider) => provider.providerName === providerName);

/** Stands for the logos of all providers. */
export const logo = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=';
