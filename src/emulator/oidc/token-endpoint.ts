import type { IncomingHttpHeaders } from 'node:http';

import { newId } from '../database/new-id.js';
import { sql } from '../database/sql.js';
import { jsonAnswer, type Answer } from '../http/answer.js';
import { parseForm } from '../http/read-body.js';
import type { Tenant } from '../tenant.js';

/** An error of the OAuth protocol, as oidc-provider throws it. */
class ProtocolError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
    readonly status = 400,
  ) {
    super(error);
  }
}

interface Client {
  readonly id: string;
  readonly type: string;
  readonly isSecretRight: boolean;
  readonly expiresAt: number | null;
}

/**
 * `POST /oidc/token` for the grant `client_credentials`, the only one that needs no person.
 *
 * @see packages/core/src/oidc/grants/client-credentials.ts in logto-io/logto
 */
export async function answerTokenRequest(
  tenant: Tenant,
  headers: IncomingHttpHeaders,
  bytes: Buffer,
): Promise<Answer> {
  try {
    return jsonAnswer(200, await issueToken(tenant, headers, bytes), { 'Cache-Control': 'no-store' });
  } catch (error) {
    if (error instanceof ProtocolError) return protocolErrorAnswer(error);
    throw error;
  }
}

/** @see packages/core/src/middleware/koa-oidc-error-handler.ts in logto-io/logto */
const protocolErrorAnswer = ({ error, description, status }: ProtocolError): Answer =>
  jsonAnswer(status, { code: `oidc.${error}`, message: description, error, error_description: description });

export const unknownOidcRoute = (method: string, path: string): Answer =>
  protocolErrorAnswer(
    new ProtocolError(
      'invalid_request',
      `unrecognized route or not allowed method (${method} on ${path})`,
      404,
    ),
  );

async function issueToken(tenant: Tenant, headers: IncomingHttpHeaders, bytes: Buffer): Promise<object> {
  const form = formOf(headers['content-type'], bytes);
  const client = await authenticate(tenant, headers.authorization, form);
  const grant = form['grant_type'];
  if (grant === undefined)
    throw new ProtocolError('invalid_request', "missing required parameter 'grant_type'");
  if (grant !== 'client_credentials') {
    throw new ProtocolError('unsupported_grant_type', 'unsupported grant_type requested');
  }
  if (client.type !== 'MachineToMachine') {
    throw new ProtocolError('unauthorized_client', 'requested grant type is not allowed for this client');
  }
  const resource = await findResource(tenant, form['resource']);
  const requested = [...new Set((form['scope'] ?? '').split(' '))];
  const granted = await scopesOf(tenant, client.id, resource.indicator);
  const scope = requested.filter((name) => granted.has(name)).join(' ') || undefined;
  const now = Math.floor(Date.now() / 1000);
  const token = await tenant.signingKeys.sign({
    jti: newId(21),
    sub: client.id,
    iat: now,
    exp: now + resource.accessTokenTtl,
    scope,
    client_id: client.id,
    iss: `${tenant.url}/oidc`,
    aud: resource.indicator,
  });
  return { access_token: token, expires_in: resource.accessTokenTtl, token_type: 'Bearer', scope };
}

function formOf(contentType: string | undefined, bytes: Buffer): Record<string, string | undefined> {
  const text = bytes.toString();
  const type = contentType?.split(';')[0]?.trim();
  if (type === 'application/json') {
    try {
      return JSON.parse(text) as Record<string, string>;
    } catch {
      return {};
    }
  }
  if (type !== 'application/x-www-form-urlencoded') {
    throw new ProtocolError(
      'invalid_request',
      'only application/x-www-form-urlencoded content-type bodies are supported on POST /token',
    );
  }
  return parseForm(text) as Record<string, string>;
}

async function authenticate(
  tenant: Tenant,
  authorization: string | undefined,
  form: Record<string, string | undefined>,
): Promise<Client> {
  const basic = /^basic (.+)$/i.exec(authorization ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [form['client_id'], form['client_secret']]
      : Buffer.from(basic, 'base64').toString().split(':').map(decodeFormText);
  if (id === undefined || id === '') {
    throw new ProtocolError('invalid_request', 'no client authentication mechanism provided');
  }
  const client = await findClient(tenant, id, secret ?? '');
  if (client === undefined) throw new ProtocolError('invalid_client', 'client is invalid');
  if (!client.isSecretRight) throw new ProtocolError('invalid_client', 'client authentication failed', 401);
  if (client.expiresAt !== null && client.expiresAt < Date.now()) {
    throw new ProtocolError('invalid_request', 'client secret has expired');
  }
  return client;
}

const decodeFormText = (text: string): string => decodeURIComponent(text.replaceAll('+', '%20'));

async function findClient(tenant: Tenant, id: string, secret: string): Promise<Client | undefined> {
  const { rows } = await tenant.database.query<Client>(sql`
    select applications.id, applications.type, secrets.expires_at,
      (secrets.value is not null or applications.secret = ${secret}) as is_secret_right
    from applications
    left join application_secrets as secrets on secrets.application_id = applications.id and secrets.value = ${secret}
    where applications.id = ${id}`);
  return rows[0];
}

async function findResource(
  tenant: Tenant,
  indicator: string | undefined,
): Promise<{ readonly indicator: string; readonly accessTokenTtl: number }> {
  const condition =
    indicator === undefined || indicator === '' ? sql`is_default` : sql`indicator = ${indicator}`;
  const { rows } = await tenant.database.query<{ indicator: string; accessTokenTtl: number }>(
    sql`select indicator, access_token_ttl from resources where ${condition}`,
  );
  const [resource] = rows;
  if (resource === undefined) {
    throw new ProtocolError('invalid_target', 'resource indicator is missing, or unknown');
  }
  return resource;
}

async function scopesOf(
  tenant: Tenant,
  applicationId: string,
  indicator: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await tenant.database.query<{ name: string }>(sql`
    select scopes.name from applications_roles
    join roles_scopes on roles_scopes.role_id = applications_roles.role_id
    join scopes on scopes.id = roles_scopes.scope_id
    join resources on resources.id = scopes.resource_id
    where applications_roles.application_id = ${applicationId} and resources.indicator = ${indicator}`);
  return new Set(rows.map(({ name }) => name));
}
