import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import { collection } from './endpoints.js';
import { choice, flag, list, object, text } from './field.js';
import { defineKind, type Finding } from './kind.js';
import { textsOf } from './sets.js';

const setting = (description: string) => text({ nullable: true, minLength: 1, description });

/** What each provider needs to know; the others are refused or dropped (core/sso in logto-io/logto). */
const configs: Readonly<Record<string, 'oidc' | 'google' | 'saml'>> = {
  OIDC: 'oidc',
  AzureAdOidc: 'oidc',
  Okta: 'oidc',
  GoogleWorkspace: 'google',
  SAML: 'saml',
  AzureAD: 'saml',
};
const oidcNames = ['clientId', 'clientSecret', 'issuer', 'scope', 'trustUnverifiedEmail'];
const configNames: Readonly<Record<'oidc' | 'google' | 'saml', readonly string[]>> = {
  oidc: oidcNames,
  google: [...oidcNames.filter((name) => name !== 'issuer'), 'offlineAccess'],
  saml: ['metadataUrl', 'metadata', 'entityId', 'signInEndpoint', 'x509Certificate', 'attributeMapping'],
};

export const ssoConnector = defineKind({
  name: 'ssoConnectors',
  singular: 'enterprise SSO connector',
  summary:
    'An identity provider of an enterprise. Logto asks it at every write, so it has to answer; nothing is written unless something differs.',
  fields: {
    connectorName: text({
      required: true,
      minLength: 1,
      maxLength: 128,
      description: 'Unique in the tenant.',
    }),
    providerName: choice(['OIDC', 'SAML', 'AzureAD', 'AzureAdOidc', 'GoogleWorkspace', 'Okta'], {
      required: true,
      immutable: true,
      description:
        'What it is. AzureAD is Microsoft Entra ID by SAML, AzureAdOidc the same by OpenID Connect.',
    }),
    config: object(
      {
        clientId: setting('OIDC: the client id at the provider.'),
        clientSecret: text({
          nullable: true,
          minLength: 1,
          sensitive: true,
          description: 'OIDC: the client secret at the provider.',
        }),
        issuer: setting('OIDC, not for Google Workspace: where the provider is.'),
        scope: setting('OIDC: more scopes to ask for.'),
        trustUnverifiedEmail: flag({
          sameAsAbsent: false,
          nullable: true,
          description: 'OIDC: take e-mail addresses that the provider did not verify.',
        }),
        offlineAccess: flag({ nullable: true, description: 'Google Workspace: ask for refresh tokens.' }),
        metadataUrl: setting('SAML: where the metadata is. This, or metadata, or the three fields after it.'),
        metadata: text({ nullable: true, minLength: 1, content: 'xml', description: 'SAML: the metadata.' }),
        entityId: setting('SAML: the entity id of the provider.'),
        signInEndpoint: setting('SAML: where users are sent.'),
        x509Certificate: text({
          nullable: true,
          minLength: 1,
          content: 'pem',
          description: 'SAML: the certificate of the provider.',
        }),
        attributeMapping: object(
          {
            id: setting('The id of the user.'),
            email: setting('The e-mail address.'),
            name: setting('The name.'),
          },
          { nullable: true, description: 'SAML: what the provider calls what Logto wants to know.' },
        ),
      },
      {
        belongsTo: 'providerName',
        insteadOfNull: 'nothing: once configured, a connector stays configured',
        description: 'How the provider is asked. Without it, the connector is not in use.',
      },
    ),
    domains: list(text({ minLength: 1, lowercase: true }), {
      distinct: true,
      insteadOfNull: '[]',
      default: [],
      description: 'Users with an e-mail address of these domains sign in here.',
    }),
    branding: object(
      {
        displayName: text({ nullable: true, description: 'What users see.' }),
        logo: text({ nullable: true, description: 'The address of a logo.' }),
        darkLogo: text({ nullable: true, description: 'The same in dark mode.' }),
      },
      { insteadOfNull: 'the keys that you want to clear', description: 'What users see.' },
    ),
    syncProfile: flag({
      default: false,
      description: 'Whether name and picture are taken over at each sign-in.',
    }),
    enableTokenStorage: flag({
      belongsTo: 'providerName',
      default: false,
      description:
        'Whether tokens of the provider are kept (OIDC). Needs a vault key on the server; false deletes them.',
    }),
  },
  key: ['connectorName'],
  title: 'connectorName',
  lookupBy: ['connectorName'],
  endpoints: collection('/api/sso-connectors', { unpaged: true }),
  check: checkSsoConnector,
  survives: ({ config: stated }, { config, ...others }) => ({
    ...others,
    ...(isObject(config) && { config: compatible(config, stated) }),
  }),
  replacement: [
    'users who signed in by it have to be linked anew',
    'just-in-time rules of organizations lose it, and get it again only where a manifest states it',
  ],
});

/** Each says where a SAML provider is; Logto keeps the first of those that it is given (core/sso/types/saml.ts). */
const ways = [['metadataUrl'], ['metadata'], ['entityId', 'signInEndpoint', 'x509Certificate']] as const;

const waysIn = (config: Readonly<Record<string, unknown>>) =>
  ways.filter((way) => way.some((name) => config[name] !== undefined && config[name] !== null));

/** A config without the ways that another one takes the place of. */
function compatible(config: Readonly<Record<string, Json>>, stated: Json | undefined): JsonObject {
  const taken = isObject(stated) ? waysIn(stated) : [];
  if (taken.length === 0) return config;
  const gone: readonly string[] = ways.filter((way) => !taken.includes(way)).flat();
  return Object.fromEntries(Object.entries(config).filter(([name]) => !gone.includes(name)));
}

const error = (path: readonly string[], message: string, hint: string): Finding => ({
  code: 'wrong-value',
  severity: 'error',
  path,
  message,
  hint,
});

function checkSsoConnector({ providerName, config, domains }: JsonObject): readonly Finding[] {
  const findings = [...checkDomains(domains)];
  const sort = configs[textOf(providerName)];
  if (!sort || !isObject(config)) return findings;
  const names = configNames[sort];
  for (const name of Object.keys(config)) {
    if (names.includes(name)) continue;
    const message = `a connector of ${textOf(providerName)} has no ${name}`;
    findings.push(error(['config', name], message, `its settings are ${names.join(', ')}`));
  }
  const isStated = (name: string): boolean => config[name] !== undefined && config[name] !== null;
  const needed = names.slice(0, sort === 'oidc' ? 3 : 2);
  const missing = sort === 'saml' ? [] : needed.filter((name) => !isStated(name));
  for (const name of missing) {
    findings.push(error(['config'], `config has no ${name}`, 'state it, or leave the whole config out'));
  }
  if (sort === 'saml' && waysIn(config).length > 1) {
    const message = 'config says in more than one way where the provider is; Logto keeps one of them';
    findings.push(error(['config'], message, 'state metadataUrl, or metadata, or the three fields'));
  }
  const isFound = ways.some((way) => way.every(isStated));
  if (sort === 'saml' && !isFound) {
    const message = 'config does not say where the provider is';
    const hint = 'state metadataUrl, or metadata, or entityId with signInEndpoint and x509Certificate';
    findings.push(error(['config'], message, hint));
  }
  return findings;
}

function checkDomains(domains: JsonObject[string] | undefined): Finding[] {
  const seen = new Set<string>();
  return textsOf(domains).flatMap((domain, index) => {
    const name = domain.toLowerCase();
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `the domain "${domain}" stands there twice, which Logto refuses`;
    return [error(['domains', String(index)], message, 'take one of the two out')];
  });
}
