import { jsonAnswer } from '../http/answer.js';
import type { Respond } from '../http/serve.js';
import type { Tenant } from '../tenant.js';
import { answerTokenRequest, unknownOidcRoute } from './token-endpoint.js';

/** The paths below `/oidc` that work without a person at a browser. */
export const oidcOf =
  (tenant: Tenant): Respond =>
  async ({ method, url, headers, bytes }) => {
    const path = url.pathname.slice('/oidc'.length);
    switch (`${method} ${path}`) {
      case 'POST /token':
        return answerTokenRequest(tenant, headers, bytes);
      case 'GET /jwks':
        return jsonAnswer(200, { keys: await tenant.signingKeys.publicKeys() });
      case 'GET /.well-known/openid-configuration':
        return jsonAnswer(200, discoveryOf(`${tenant.url}/oidc`));
      default:
        return unknownOidcRoute(method, path);
    }
  };

const discoveryOf = (issuer: string): object => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/me`,
  jwks_uri: `${issuer}/jwks`,
  end_session_endpoint: `${issuer}/session/end`,
  response_types_supported: ['code', 'code id_token', 'id_token', 'none'],
  subject_types_supported: ['public'],
  grant_types_supported: ['implicit', 'authorization_code', 'refresh_token', 'client_credentials'],
  id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'ES384', 'ES512'],
});
