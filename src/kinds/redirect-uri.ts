// What Logto accepts as a redirect URI: core-kit/src/utils/url.ts and regex.ts in logto-io/logto (1.42).

const webProtocol = /^https?:$/;
const customProtocol = /^(?!https?:)[a-z][\d+_a-z-]*(\.[\d+_a-z-]+)*:$/;
const dotSegment = /^(\.{1,2}|%2e|%2e%2e)$/i;

/** Why Logto refuses the text as a redirect URI, or undefined when it accepts it. */
export function redirectUriFault(uri: string): string | undefined {
  const protocol = protocolOf(uri);
  // A custom scheme (`com.app://callback`) is not looked at any further, so `*` and `..` pass there.
  if (protocol !== undefined && customProtocol.test(protocol)) return undefined;
  if (uri.includes('*')) return wildcardFault(uri);
  if (protocol === undefined) return 'it is not an absolute URL';
  if (!webProtocol.test(protocol)) return `the scheme "${protocol}" is not allowed`;
  return pathFault(uri);
}

function wildcardFault(uri: string): string | undefined {
  const schemeEnd = uri.indexOf('://');
  if (schemeEnd <= 0 || uri.slice(0, schemeEnd).includes('*')) return 'a "*" cannot stand for the scheme';
  if (/[?#].*\*/s.test(uri)) return 'a "*" is not allowed in the query or fragment';
  const host = authorityOf(uri);
  if (host.includes('@')) return 'a "*" cannot be combined with credentials in the URL';
  if (host.startsWith('[')) return 'a "*" cannot be combined with an IPv6 address';
  const [name = '', port, more] = host.split(':');
  if (port?.includes('*') && more === undefined) return 'a "*" is not allowed in the port';
  if (name.includes('*') && !name.includes('.')) return 'a "*" in the host needs a domain around it';
  const path = pathFault(uri);
  if (path !== undefined) return path;
  const protocol = protocolOf(uri.replaceAll('*', 'wildcard'));
  return protocol !== undefined && webProtocol.test(protocol)
    ? undefined
    : 'it is not an absolute http(s) URL';
}

function pathFault(uri: string): string | undefined {
  const schemeEnd = uri.indexOf('://');
  if (schemeEnd <= 0) return undefined;
  const path = uri.slice(schemeEnd + 3 + authorityOf(uri).length).split(/[#?]/)[0] ?? '';
  return path.split('/').some((segment) => dotSegment.test(segment))
    ? 'its path has a "." or ".." segment'
    : undefined;
}

const authorityOf = (uri: string): string => uri.slice(uri.indexOf('://') + 3).split(/[#/?]/)[0] ?? '';

function protocolOf(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  // Nearly all are such, and an object for each of them takes as long as all else that is looked at.
  return uri.startsWith('https://') ? 'https:' : new URL(uri).protocol;
}

/** Why a redirect URI that Logto accepts may still be a mistake. */
export function redirectUriDoubt(uri: string): string | undefined {
  const protocol = protocolOf(uri);
  if (protocol && /^(javascript|data|vbscript|file|blob):$/i.test(protocol)) {
    return `the scheme "${protocol}" can run or read things in the user's browser`;
  }
  if (protocol && /^(ftp|mailto|tel|ws|wss):$/.test(protocol))
    return `no application can be called back at "${protocol}"`;
  if (/#/.test(uri)) return 'it has a fragment, which OAuth 2.0 forbids (RFC 6749, 3.1.2)';
  if (uri.includes('*')) return 'a wildcard lets every page that it matches receive sign-in codes';
  return undefined;
}
