import { assertThat, RequestError } from '../http/request-error.js';
import { credentials, type Tenant } from '../tenant.js';

/**
 * Lets a request with a valid token of the Management API pass. The token's signature, issuer, audience and
 * scope count, and nothing in the database: a token stays valid when its application is gone.
 *
 * @see packages/core/src/middleware/koa-auth/index.ts in logto-io/logto
 */
export async function authorize(tenant: Tenant, authorization: string | undefined): Promise<void> {
  assertThat(authorization, 'auth.authorization_header_missing', { status: 401 });
  assertThat(authorization.startsWith('Bearer'), 'auth.authorization_token_type_not_supported', {
    status: 401,
    data: { supportedTypes: ['Bearer'] },
  });
  const token = authorization.slice('Bearer'.length + 1);
  const claims = await tenant.signingKeys.verify(token, {
    issuer: `${tenant.url}/oidc`,
    audience: credentials.resource,
  });
  if (claims instanceof Error) {
    throw new RequestError('auth.unauthorized', {
      status: 401,
      data: { code: claims.message, name: 'JOSEError' },
    });
  }
  assertThat(claims.sub, 'auth.jwt_sub_missing', { status: 401 });
  assertThat((claims.scope ?? '').split(' ').includes('all'), 'auth.forbidden', { status: 403 });
}
