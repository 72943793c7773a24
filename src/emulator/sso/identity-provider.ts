import { X509Certificate } from 'node:crypto';

import { RequestError } from '../http/request-error.js';
import type { SsoConfig, SsoProvider } from './sso-providers.js';

/** A connector, or one that is about to be stored. */
export interface SsoConnection {
  readonly id: string;
  readonly config: SsoConfig;
  readonly provider: SsoProvider;
}

/**
 * Tells of the identity provider what Logto asks it for at every reading and writing of a connector. The emulator asks
 * nobody: all providers are there, except those whose host ends in `.invalid` or is the own machine's port 1.
 *
 * @throws {RequestError} 400 `connector.…` the provider cannot be asked, or its certificate cannot be read
 * @see packages/core/src/sso/OidcConnector and SamlConnector in logto-io/logto
 */
export function providerConfigOf({ id, config, provider }: SsoConnection, endpoint: string): object {
  if (provider.providerType === 'oidc') return oidcConfigOf(config);
  return {
    defaultAttributeMapping: { id: 'nameID', email: 'email', name: 'name' },
    serviceProvider: {
      entityId: `${endpoint}/enterprise-sso/${id}`,
      assertionConsumerServiceUrl: `${endpoint}/api/authn/single-sign-on/saml/${id}`,
    },
    identityProvider: samlProviderOf(config),
  };
}

const text = (config: SsoConfig, key: string): string | undefined =>
  typeof config[key] === 'string' ? config[key] : undefined;

function oidcConfigOf(config: SsoConfig): object {
  const { clientId, issuer = 'https://accounts.google.com' } = config;
  if (clientId === undefined || !isThere(String(issuer))) {
    throw new RequestError('connector.invalid_config', { data: { config: { issuer } } });
  }
  const scopes = (text(config, 'scope') ?? '').split(/[ +]/).filter(Boolean);
  return {
    ...config,
    issuer,
    authorizationEndpoint: `${String(issuer)}/auth`,
    tokenEndpoint: `${String(issuer)}/token`,
    userinfoEndpoint: `${String(issuer)}/me`,
    jwksUri: `${String(issuer)}/jwks`,
    scope: [...new Set(['openid', 'profile', 'email', ...scopes])].join(' '),
  };
}

function samlProviderOf(config: SsoConfig): object | undefined {
  const url = text(config, 'metadataUrl');
  if (url !== undefined) {
    if (!isThere(url)) throw new RequestError('connector.invalid_metadata', { data: { metadata: url } });
    return undefined;
  }
  const metadata = text(config, 'metadata');
  const stated =
    metadata === undefined
      ? {
          entityId: text(config, 'entityId'),
          signInEndpoint: text(config, 'signInEndpoint'),
          x509Certificate: text(config, 'x509Certificate') ?? '',
        }
      : readMetadata(metadata);
  const { validTo } = readCertificate(stated.x509Certificate);
  if (stated.entityId === undefined || stated.signInEndpoint === undefined) {
    throw new RequestError('connector.invalid_metadata', { data: { metadata: stated } });
  }
  const certificateExpiresAt = Date.parse(validTo);
  return { ...stated, certificateExpiresAt, isCertificateValid: certificateExpiresAt > Date.now() };
}

interface SamlMetadata {
  readonly entityId: string | undefined;
  readonly signInEndpoint: string | undefined;
  readonly x509Certificate: string;
}

/** What matters of a metadata document; no more of XML is understood than that. */
function readMetadata(xml: string): SamlMetadata {
  const redirect = xml
    .match(/<(?:[\w.-]+:)?SingleSignOnService\b[^>]*>/g)
    ?.find((element) => element.includes('bindings:HTTP-Redirect'));
  return {
    entityId: /<(?:[\w.-]+:)?EntityDescriptor\b[^>]*\bentityID\s*=\s*["']([^"']*)["']/.exec(xml)?.[1],
    signInEndpoint: redirect && /\bLocation\s*=\s*["']([^"']*)["']/.exec(redirect)?.[1],
    x509Certificate:
      /<(?:[\w.-]+:)?X509Certificate\b[^>]*>([^<]*)</.exec(xml)?.[1]?.replaceAll(/\s/g, '') ?? '',
  };
}

function readCertificate(certificate: string): X509Certificate {
  const pem = certificate.replaceAll(/-----(BEGIN|END) CERTIFICATE-----/g, '').trim();
  try {
    return new X509Certificate(`-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`);
  } catch {
    throw new RequestError('connector.invalid_certificate', { data: { x509Certificate: certificate } });
  }
}

function isThere(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port } = new URL(address);
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol.startsWith('http') && !hostname.endsWith('.invalid') && !(isLocal && port === '1');
}
