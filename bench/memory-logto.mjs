// A double of the few endpoints of Logto that a tenant of applications, API resources and roles needs, answering from
// memory: for tenants so large that the emulator, with its database, would take minutes to make them. It checks nothing.
// `node memory-logto.mjs`: prints its address, and ends with its standard input. Whatever stands before /api/ or /oidc/ in
// a path, such as /t7, leads to the same objects and is counted as a tenant of its own.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const ownId = 'bench00000000000000m2';
const applications = new Map([
  [ownId, { id: ownId, name: 'bench', type: 'MachineToMachine', customData: {}, oidcClientMetadata: {} }],
]);
const resources = new Map();
const roles = new Map();
const scopesOfRoles = new Map();
const rolesOfApplications = new Map();
const scopes = new Map();
let requests = [];
let made = 0;

const idFor = (kind) => `${kind}${String((made += 1)).padStart(21 - kind.length, '0')}`;
const page = (items, { searchParams }) => {
  if (!searchParams.has('page')) return { body: items };
  const [number, size] = [Number(searchParams.get('page')), Number(searchParams.get('page_size') ?? 20)];
  return { body: items.slice((number - 1) * size, number * size), headers: { 'total-number': items.length } };
};
const add = (map, kind, fields) => {
  const object = { tenantId: 'default', id: idFor(kind), createdAt: Date.now(), ...fields };
  map.set(object.id, object);
  return object;
};
const holders = (roleId) =>
  [...rolesOfApplications].filter(([, held]) => held.has(roleId)).map(([id]) => applications.get(id));
const listed = (role) => {
  const held = holders(role.id);
  const featuredApplications = held.slice(0, 3).map(({ id, name, type }) => ({ id, name, type }));
  return { ...role, usersCount: 0, featuredUsers: [], applicationsCount: held.length, featuredApplications };
};

const routes = [
  [
    'GET',
    /^\/api\/applications$/,
    (_, __, url) => {
      const types = url.searchParams.getAll('types');
      return page(
        [...applications.values()].filter(({ type }) => types.length === 0 || types.includes(type)),
        url,
      );
    },
  ],
  [
    'POST',
    /^\/api\/applications$/,
    (_, fields) => ({ body: add(applications, 'a', { customData: {}, ...fields }) }),
  ],
  [
    'PATCH',
    /^\/api\/applications\/([^/]+)\/custom-data$/,
    ([id], data) => {
      Object.assign(applications.get(id).customData, data);
      return { body: applications.get(id).customData };
    },
  ],
  [
    'GET',
    /^\/api\/applications\/([^/]+)\/roles$/,
    ([id], _, url) =>
      page(
        [...(rolesOfApplications.get(id) ?? [])].map((role) => roles.get(role)),
        url,
      ),
  ],
  [
    'POST',
    /^\/api\/applications\/([^/]+)\/roles$/,
    ([id], { roleIds }) => {
      rolesOfApplications.set(id, new Set([...(rolesOfApplications.get(id) ?? []), ...roleIds]));
      return { status: 201 };
    },
  ],
  // What an export asks of each application: who may sign in (anybody), its secrets, and its own sign-in page (none).
  [
    'GET',
    /^\/api\/applications\/([^/]+)\/access-control$/,
    () => ({ body: { userIds: [], userRoleIds: [], organizationIds: [], organizationRoleRules: [] } }),
  ],
  [
    'GET',
    /^\/api\/applications\/([^/]+)\/sign-in-experience$/,
    () => ({ body: { code: 'entity.not_exists_with_id' }, status: 404 }),
  ],
  ['GET', /^\/api\/applications\/([^/]+)\/secrets$/, () => ({ body: [] })],
  ['GET', /^\/api\/resources$/, (_, __, url) => page([...resources.values()], url)],
  [
    'POST',
    /^\/api\/resources$/,
    (_, fields) => ({
      body: add(resources, 'r', { scopes: [], accessTokenTtl: 3600, ...fields }),
      status: 201,
    }),
  ],
  ['DELETE', /^\/api\/resources\/([^/]+)$/, ([id]) => ({ status: resources.delete(id) ? 204 : 404 })],
  [
    'POST',
    /^\/api\/resources\/([^/]+)\/scopes$/,
    ([id], fields) => {
      const scope = add(scopes, 's', { resourceId: id, ...fields });
      resources.get(id).scopes.push(scope);
      return { body: scope, status: 201 };
    },
  ],
  [
    'GET',
    /^\/api\/roles$/,
    (_, __, url) => {
      const { body, headers } = page([...roles.values()], url);
      return { body: body.map(listed), headers };
    },
  ],
  [
    'POST',
    /^\/api\/roles$/,
    (_, { scopeIds = [], ...fields }) => {
      const role = add(roles, 'o', { isDefault: false, ...fields });
      scopesOfRoles.set(role.id, new Set(scopeIds));
      return { body: role };
    },
  ],
  [
    'GET',
    /^\/api\/roles\/([^/]+)\/scopes$/,
    ([id], _, url) => {
      const held = [...(scopesOfRoles.get(id) ?? [])].map((scopeId) => scopes.get(scopeId));
      return page(
        held.map((scope) => ({
          ...scope,
          resource: { ...resources.get(scope.resourceId), scopes: undefined },
        })),
        url,
      );
    },
  ],
  [
    'POST',
    /^\/api\/roles\/([^/]+)\/scopes$/,
    ([id], { scopeIds }) => {
      for (const scopeId of scopeIds) scopesOfRoles.get(id).add(scopeId);
      return { status: 201 };
    },
  ],
  ['GET', /^\/api\/roles\/([^/]+)\/applications$/, ([id], _, url) => page(holders(id), url)],
];

const send = (response, { status = 200, body, headers = {} }) => {
  const isJson = body !== undefined;
  response.writeHead(status, {
    ...headers,
    ...(isJson && { 'content-type': 'application/json; charset=utf-8' }),
  });
  response.end(isJson ? JSON.stringify(body) : undefined);
};

/** Milliseconds. An answer that takes no time at all would leave nothing to be in flight. */
let latency = 1;

/** Requests under way, and the most that ever were: in all, and for each tenant. */
const inFlight = new Map();
const mostInFlight = new Map();
const count = (name, step) => {
  const now = (inFlight.get(name) ?? 0) + step;
  inFlight.set(name, now);
  mostInFlight.set(name, Math.max(mostInFlight.get(name) ?? 0, now));
};
const forget = () => {
  requests = [];
  mostInFlight.clear();
};
const counted = () => {
  const { all = 0, ...tenants } = Object.fromEntries(mostInFlight);
  const writes = requests.filter(({ method }) => method !== 'GET').length;
  return {
    requests,
    total: requests.length,
    writes,
    maxInFlight: all,
    maxInFlightOfTenant: Math.max(0, ...Object.values(tenants)),
  };
};

const server = createServer(async (request, response) => {
  if (request.url === '/__requests') {
    if (request.method === 'DELETE') forget();
    return send(response, { body: counted() });
  }
  if (request.url === '/__latency') {
    latency = JSON.parse(await text(request)).milliseconds;
    return send(response, { status: 204 });
  }
  const [, tenant, path] = /^(.*?)(\/(?:api|oidc)\/.*)$/.exec(request.url) ?? [];
  if (path === undefined) return send(response, { status: 404 });
  const url = new URL(path, 'http://localhost');
  const sent = await text(request);
  if (url.pathname === '/oidc/token') {
    return send(response, {
      body: { access_token: 'token', expires_in: 3600, scope: 'all', token_type: 'Bearer' },
    });
  }
  for (const name of ['all', `tenant ${tenant}`]) {
    count(name, 1);
    response.on('close', () => count(name, -1));
  }
  requests.push({ method: request.method, path });
  await new Promise((resolve) => setTimeout(resolve, latency));
  for (const [method, pattern, answer] of routes) {
    const match = request.method === method && pattern.exec(url.pathname);
    if (!match) continue;
    return send(response, answer(match.slice(1), sent === '' ? {} : JSON.parse(sent), url));
  }
  return send(response, { status: 404 });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}`, appId: ownId, appSecret: 'bench-secret' }));
});
process.stdin.resume().on('end', () => process.exit());
