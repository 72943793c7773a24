import type { Credentials } from './access-token.js';
import { type Answer, codeOf, textIn } from './answer.js';
import { showEndpoint } from './endpoint.js';
import type { Explanation } from './explain-no-answer.js';

/** What to tell when the token endpoint answered something else than a token. */
export function explainTokenRefusal(answer: Answer, credentials: Credentials): Explanation {
  const { appId, appSecret, endpoint, resource } = credentials;
  const error = textIn(answer.json, 'error');
  const code = codeOf(answer);
  if (code === 'auth.exceed_token_limit') {
    return {
      message: `Logto gives out no more tokens this month (${code}).`,
      hint: 'The token quota of the plan is used up: wait, or upgrade the plan in the Logto Console.',
    };
  }
  if (code === 'subscription.tenant_suspended') return tenantSuspended;
  if (appSecret !== appSecret.trim() && answer.status < 500) {
    return {
      message: `the secret of application ${appId} is wrong (${answer.status} ${code}).`,
      hint: 'LOGTO_APP_SECRET begins or ends with white space, such as a line break.',
    };
  }
  if (error === 'invalid_client' && answer.status === 401) {
    return {
      message: `the secret of application ${appId} is wrong (401 ${code}).`,
      hint: 'Check LOGTO_APP_SECRET: the secret may have been deleted, or belong to another application.',
    };
  }
  if (error === 'invalid_client') {
    return {
      message: `${showEndpoint(endpoint)} has no application with the id ${appId} (${answer.status} ${code}).`,
      hint: 'Check LOGTO_APP_ID, and that the endpoint is that of the tenant. Self-hosted, an application of the admin tenant (m-default) signs in at the admin endpoint: LOGTO_TOKEN_ENDPOINT.',
    };
  }
  if (error === 'unauthorized_client') {
    return {
      message: `application ${appId} may not sign in on its own (${answer.status} ${code}).`,
      hint: 'LOGTO_APP_ID must name a machine-to-machine application.',
    };
  }
  if (error === 'invalid_target') {
    return {
      message: `the tenant has no API resource ${resource} (${answer.status} ${code}).`,
      hint:
        'LOGTO_RESOURCE must be the indicator of the Logto Management API: https://<tenant id>.logto.app/api in the ' +
        'Cloud (also behind a custom domain), https://default.logto.app/api when self-hosted; no slash at the end.',
    };
  }
  if (error !== '' || code !== '') {
    // An expired secret comes this way, and an application of another type that has no redirect URIs yet.
    return {
      message: `no token for application ${appId}: ${answer.status} ${code || error}: ${descriptionOf(answer)}`,
      hint: 'Check LOGTO_APP_ID (it must name a machine-to-machine application) and LOGTO_APP_SECRET.',
    };
  }
  if (answer.status >= 500 || answer.status === 429) {
    return { message: `the server answered ${answer.status}.`, hint: 'Run again in a moment.' };
  }
  return notLogto(answer, endpoint);
}

export const tenantSuspended: Explanation = {
  message: 'the tenant is suspended (subscription.tenant_suspended).',
  hint: 'Look at the plan and its bills in the Logto Console, or ask the support of Logto.',
};

/** The role is what people forget most: creating a machine-to-machine application in the Console does not give it one. */
export const missingScope = ({ appId, resource }: Pick<Credentials, 'appId' | 'resource'>): Explanation => ({
  message: `application ${appId} has no permission "all" on ${resource}.`,
  hint:
    'Give the application a machine-to-machine role with the permission "all" of the Logto Management API, such as ' +
    '"Logto Management API access". If it has one: LOGTO_RESOURCE may name another API.',
});

/** Something answers there, but not a Logto. */
export function notLogto(answer: Answer, endpoint: URL): Explanation {
  const { location } = answer.headers;
  if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
    return {
      message: `${showEndpoint(endpoint)} redirects to ${originOf(location, endpoint)} (${answer.status}).`,
      hint: 'Use the address where Logto itself answers as the endpoint (LOGTO_ENDPOINT).',
    };
  }
  const type = answer.headers['content-type']?.replace(/;.*/s, '') ?? 'nothing';
  return {
    message: `${showEndpoint(endpoint)} does not answer as Logto does (${answer.status}, ${type}).`,
    hint: 'LOGTO_ENDPOINT must be the address of the tenant itself, such as https://my-tenant.logto.app.',
  };
}

const descriptionOf = ({ json }: Answer): string =>
  textIn(json, 'error_description') || textIn(json, 'message');

/** Without path and query: a redirect to a sign-in page carries all sorts of things there. */
function originOf(location: string, endpoint: URL): string {
  try {
    return new URL(location, endpoint).origin;
  } catch {
    return 'another place';
  }
}
