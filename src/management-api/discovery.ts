import { ApiError } from '../errors.js';
import { textIn } from './answer.js';
import { commonHeaders } from './common-headers.js';
import { basePath } from './endpoint.js';
import { notLogto } from './explain-token-refusal.js';
import { type Call, describe, type Sender } from './sender.js';

/** What the server says of itself to everybody, without a token. */
export interface Discovery {
  /** Who signs the tokens. */
  readonly issuer: string;
  /** Where the keys are by which tokens are checked. */
  readonly jwksUri: string;
  /** The address that the tenant goes by: it may be reached at another one too. */
  readonly endpoint: string;
}

/**
 * Reads the discovery document of the tenant (OpenID Connect Discovery 1.0).
 *
 * @throws {ApiError} there is no answer, or it is not that of a Logto
 */
export async function readDiscovery(endpoint: URL, sender: Sender): Promise<Discovery> {
  const call: Call = {
    method: 'GET',
    path: `${basePath(endpoint)}/oidc/.well-known/openid-configuration`,
    headers: commonHeaders,
    isRepeatable: true,
  };
  const { answer } = await sender.send(call);
  const issuer = textIn(answer.json, 'issuer');
  const jwksUri = textIn(answer.json, 'jwks_uri');
  if (answer.status === 200 && issuer !== '' && jwksUri !== '') {
    return { issuer, jwksUri, endpoint: issuer.replace(/\/oidc$/, '') };
  }
  const busy = answer.status >= 500 || answer.status === 429;
  const { message, hint } = busy
    ? { message: `the server answered ${answer.status}.`, hint: 'Run again in a moment.' }
    : notLogto(answer, endpoint);
  throw new ApiError(`${describe(call)}: ${message}`, {
    request: describe(call),
    status: answer.status,
    hint,
  });
}
