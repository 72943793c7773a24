import { isObject, textOf, type JsonObject } from '../json.js';
import { checkAccessRoles } from './access-control.js';
import type { Finding, Lookup } from './kind.js';
import { redirectUriDoubt, redirectUriFault } from './redirect-uri.js';

const error = (path: readonly string[], message: string, hint?: string): Finding => ({
  code: 'wrong-value',
  severity: 'error',
  path,
  message,
  ...(hint !== undefined && { hint }),
});

/** What Logto refuses, or takes and should not, and a JSON Schema cannot say. */
export function checkApplication(fields: JsonObject, lookup: Lookup): readonly Finding[] {
  const { type, isThirdParty, customClientMetadata: custom, protectedAppMetadata } = fields;
  const findings: Finding[] = [...checkRedirectUris(fields), ...checkRoles(fields, lookup)];
  if (isThirdParty === true && type !== 'Traditional' && type !== 'SPA' && type !== 'Native') {
    findings.push(
      error(['isThirdParty'], `an application of type ${textOf(type)} cannot be a third-party application`),
    );
  }
  if (isObject(custom) && custom.isDeviceFlow === true && type !== 'Native') {
    findings.push(
      error(
        ['customClientMetadata', 'isDeviceFlow'],
        'only applications of type Native can use the device flow',
      ),
    );
  }
  if (isObject(custom) && custom.allowTokenExchange === true && isThirdParty === true) {
    findings.push(
      error(
        ['customClientMetadata', 'allowTokenExchange'],
        'a third-party application cannot exchange tokens',
      ),
    );
  }
  if (protectedAppMetadata !== undefined && type !== 'Protected') {
    findings.push(
      error(['protectedAppMetadata'], 'only applications of type Protected have protectedAppMetadata'),
    );
  }
  findings.push(...checkConsentScopes(fields), ...checkAccessRoles(fields, lookup));
  if (type === 'Protected' && protectedAppMetadata === undefined) {
    findings.push(
      error(['type'], 'a Protected application needs protectedAppMetadata with subDomain and origin'),
    );
  }
  return findings;
}

function checkRedirectUris({ oidcClientMetadata: oidc }: JsonObject): readonly Finding[] {
  if (!isObject(oidc)) return [];
  return ['redirectUris', 'postLogoutRedirectUris'].flatMap((name) => {
    const uris = oidc[name];
    if (!Array.isArray(uris)) return [];
    return uris.flatMap((uri: unknown, index): Finding[] => {
      if (typeof uri !== 'string') return [];
      const path = ['oidcClientMetadata', name, String(index)];
      const fault = redirectUriFault(uri);
      if (fault !== undefined) return [error(path, `Logto refuses the redirect URI "${uri}": ${fault}`)];
      const doubt = redirectUriDoubt(uri);
      if (doubt === undefined) return [];
      return [
        { code: 'dangerous-value', severity: 'warning', path, message: `redirect URI "${uri}": ${doubt}` },
      ];
    });
  });
}

function checkRoles({ type, roles }: JsonObject, lookup: Lookup): readonly Finding[] {
  if (!Array.isArray(roles)) return [];
  if (type !== 'MachineToMachine') {
    return [
      error(
        ['roles'],
        `only machine-to-machine applications have roles; this one is of type ${textOf(type)}`,
      ),
    ];
  }
  return roles.flatMap((key: unknown, index) => {
    const role = lookup('roles', String(key));
    if (!role || role.type === 'MachineToMachine') return [];
    return [
      error(
        ['roles', String(index)],
        `roles.${String(key)} is a role for users; a machine-to-machine application cannot have it`,
        `set roles.${String(key)}.type: MachineToMachine, or name another role`,
      ),
    ];
  });
}

function checkConsentScopes({ isThirdParty, userConsentScopes: scopes }: JsonObject): readonly Finding[] {
  if (!isObject(scopes)) return [];
  if (isThirdParty !== true) {
    const message = 'only a third-party application asks for consent';
    return [error(['userConsentScopes'], message, 'set isThirdParty: true, or take userConsentScopes out')];
  }
  return ['resourceScopes', 'organizationResourceScopes'].flatMap((name) => {
    const byResource = scopes[name];
    if (!isObject(byResource) || !('management-api' in byResource)) return [];
    const message = 'Logto lets no application ask for permissions of the Management API';
    return [error(['userConsentScopes', name, 'management-api'], message, 'take management-api out')];
  });
}
