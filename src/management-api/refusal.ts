import { ApiError } from '../errors.js';
import { isObject, textOf, type JsonObject } from '../json.js';
import type { Credentials } from './access-token.js';
import { type Answer, codeOf, requestIdOf, textIn } from './answer.js';
import { missingScope, notLogto, tenantSuspended } from './explain-token-refusal.js';
import { type Call, describe, type Outcome } from './sender.js';

/** koa-body takes bodies up to this; above it Logto answers 404 with the text `Not Found`. */
const maxBodyBytes = 1_048_576;

/**
 * The error for an answer of the Management API that is no success.
 *
 * @param hide takes the token and the secret out of a text
 */
export function refusal(
  call: Call,
  { answer, isUncertain }: Outcome,
  credentials: Credentials,
  hide: (text: string) => string,
): ApiError {
  const request = describe(call);
  const code = hide(codeOf(answer));
  const requestId = requestIdOf(answer);
  const explained = explain(call, answer, code, credentials);
  const parts = [
    explained?.message ?? [answer.status, code].join(' ').trim() + '.',
    textIn(answer.json, 'message').trim(),
    oneLine(textIn(answer.json, 'details') || issuesIn(answer.json)),
    isUncertain ? 'It is not known whether it was done.' : '',
    requestId === undefined ? '' : `(request id ${requestId})`,
  ];
  return new ApiError(hide(`${request}: ${parts.filter((part) => part !== '').join(' ')}`), {
    request,
    status: answer.status,
    code,
    uncertain: isUncertain,
    ...(requestId !== undefined && { requestId }),
    ...(explained?.hint !== undefined && { hint: explained.hint }),
  });
}

/** A success without the JSON that every GET of Logto answers with. */
export function notFromLogto(call: Call, answer: Answer, credentials: Credentials): ApiError {
  const { message, hint } = notLogto(answer, credentials.endpoint);
  return new ApiError(`${describe(call)}: ${message}`, {
    request: describe(call),
    status: answer.status,
    hint,
  });
}

interface Explanation {
  readonly message?: string;
  readonly hint: string;
}

function explain(
  call: Call,
  answer: Answer,
  code: string,
  credentials: Credentials,
): Explanation | undefined {
  const { status } = answer;
  if (status === 401) return { hint: unauthorizedHint(answer) };
  const hint =
    hintsByCode[code] ?? (call.path.startsWith('/api/sso-connectors') ? providerHints[code] : undefined);
  if (hint !== undefined) return { hint };
  if (code === 'request.invalid_input' && /environment|not available/.test(textIn(answer.json, 'details'))) {
    return { hint: 'A self-hosted Logto does not offer that; Logto Cloud does.' };
  }
  if (status === 403) return explainForbidden(code, credentials);
  if (status >= 300 && status < 400) return notLogto(answer, credentials.endpoint);
  const bytes = Buffer.byteLength(call.body ?? '');
  if ((status === 404 || status === 413) && code === '' && bytes > maxBodyBytes) {
    return {
      message: `the body is too large: ${bytes} bytes, and Logto takes ${maxBodyBytes}.`,
      hint: 'Make the largest value smaller: custom CSS, custom data, a script or a template.',
    };
  }
  if ((status === 404 || status === 405) && code === '') {
    return {
      message: `Logto has no such endpoint (${status}).`,
      hint: 'It may be newer than this Logto: look at its version.',
    };
  }
  if (status === 429)
    return { hint: 'Run again later, with a --max-requests-per-second below what is allowed.' };
  if (status >= 500 && status !== 501) {
    return { hint: "Run again; if it stays, look for the request id in Logto's log." };
  }
  return undefined;
}

/** What Logto's own message does not say: what the server or its plan would need. */
const hintsByCode: Readonly<Record<string, string>> = {
  'domain.not_configured':
    'Custom domains need Logto Cloud: take domains out. A self-hosted Logto has the domain of its ENDPOINT.',
  'application.protected_app_not_configured': 'Protected applications need Logto Cloud: use another type.',
  'application.saml.reach_oss_limit':
    'A self-hosted Logto takes three SAML applications: take one out, or use Logto Cloud.',
  'request.feature_not_supported':
    'The server keeps tokens only with a key for its vault: set SECRET_VAULT_KEK there, or enableTokenStorage: false.',
  'connector.token_storage_not_supported':
    'This connector gives out no tokens that could be kept: take enableTokenStorage out.',
  'storage.not_configured': 'The server has no storage for uploads; Logto Cloud has.',
};

/** Logto looks whether an SSO connector works before it stores it. */
const providerHints: Readonly<Record<string, string>> = {
  'connector.invalid_config':
    'Logto asks the provider at every write: it has to answer at the issuer that config states.',
  'connector.invalid_metadata':
    'Logto asks the provider at every write: metadataUrl has to answer, and metadata to be complete.',
  'connector.invalid_certificate':
    'Logto looks at the certificate of the provider at every write: it has to be one, and valid.',
};

function explainForbidden(code: string, credentials: Credentials): Explanation | undefined {
  if (code === 'auth.forbidden') return { hint: missingScope(credentials).hint };
  if (code === 'subscription.tenant_suspended') return { hint: tenantSuspended.hint };
  if (code.endsWith('.limit_exceeded')) {
    return {
      hint: 'The plan of the tenant has no room for one more: remove something, or upgrade the plan.',
    };
  }
  return undefined;
}

/** `data` names what the check of the token found, and may hold the token's payload, so that is not shown. */
function unauthorizedHint(answer: Answer): string {
  const data = isObject(answer.json) ? answer.json.data : undefined;
  const claim = textIn(data, 'claim');
  if (textIn(data, 'code') === 'ERR_JWT_EXPIRED' || claim === 'nbf' || claim === 'iat') {
    return 'Logto just made this token and finds it out of date: the clocks of its servers differ. Set them.';
  }
  if (claim === 'iss') {
    return 'The token was made under another host name than the API goes by: use the one ENDPOINT of that Logto.';
  }
  if (claim === 'aud')
    return 'LOGTO_RESOURCE must be the indicator of the Logto Management API of this tenant.';
  return 'The token is fresh, so look at what stands between: a proxy that changes headers, or another Logto.';
}

/** What a connector says of its settings comes without a text of its own. */
function issuesIn(json: Answer['json']): string {
  const data = isObject(json) ? json.data : undefined;
  const issues: unknown = isObject(data) ? data.issues : undefined;
  return (Array.isArray(issues) ? (issues as readonly unknown[]) : [])
    .filter((issue): issue is JsonObject => isObject(issue))
    .map(({ path, message }) => [...(Array.isArray(path) ? [path.join('.')] : []), textOf(message)])
    .map((parts) => parts.filter((part) => part !== '').join(': '))
    .join('; ');
}

/** Validation issues come indented over many lines. */
function oneLine(details: string): string {
  const text = details.replace(/\s+/g, ' ').trim();
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}
