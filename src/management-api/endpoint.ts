import { UsageError } from '../errors.js';

/**
 * The address of a tenant without a trailing slash; Logto's API is below `/api`, its token endpoint below `/oidc`.
 *
 * @throws {UsageError} the text is no address of an HTTP server
 */
export function parseEndpoint(text: string): URL {
  const url = parseUrl(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw noEndpoint(text);
  if (url.username || url.password) {
    // The text is not repeated here: it may hold a password.
    throw new UsageError(
      'The endpoint must not hold a user name or a password',
      'Logto wants the id and the secret of an application: LOGTO_APP_ID and LOGTO_APP_SECRET.',
    );
  }
  if (url.search || url.hash) {
    throw new UsageError(
      `The endpoint "${text}" has a query or a fragment`,
      `Write ${url.origin}${withoutApi(url.pathname)}`,
    );
  }
  url.pathname = withoutApi(url.pathname);
  return url;
}

function parseUrl(text: string): URL {
  try {
    return new URL(text.trim());
  } catch {
    throw noEndpoint(text);
  }
}

function noEndpoint(text: string): UsageError {
  // "localhost:3001" and "user:password@host" are URLs with an odd scheme; what may be a password is not repeated.
  const shown = text.includes('@') ? 'The endpoint' : `The endpoint "${text}"`;
  return new UsageError(
    `${shown} is no http or https address`,
    'Write it with its scheme, such as https://my-tenant.logto.app or http://localhost:3001.',
  );
}

/** People copy the address of the API as often as that of the tenant. */
const withoutApi = (path: string): string => path.replace(/\/+$/, '').replace(/\/api$/, '');

/** The path below which the tenant lives; empty when it has its host for itself. */
export const basePath = (endpoint: URL): string => (endpoint.pathname === '/' ? '' : endpoint.pathname);

/** The endpoint as people write it. */
export const showEndpoint = (endpoint: URL): string => endpoint.origin + basePath(endpoint);

/**
 * The indicator of a tenant's Management API. Only Cloud's own host names tell the tenant; behind a custom domain
 * `resource` must be given. A self-hosted Logto has the one tenant `default`, whatever its address is.
 *
 * @see packages/schemas/src/seeds/management-api.ts in logto-io/logto
 */
export function defaultResource(endpoint: URL): string {
  const tenant = /^([a-z0-9-]+)\.logto\.app$/.exec(endpoint.hostname)?.[1] ?? 'default';
  return `https://${tenant}.logto.app/api`;
}

const loopback = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

/** The secret and the tokens can be read on their way. */
export const isUnencrypted = (endpoint: URL): boolean =>
  endpoint.protocol === 'http:' && !loopback.test(endpoint.hostname);
