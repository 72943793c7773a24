// What the same requests take when nobody thinks about them: `node bare-client.mjs` reads from its standard input what to
// do, and prints the seconds from the first byte to the last. Answers are read and, but for ids, thrown away.
// - { tenant, concurrency, replay: [{ method, path }] } sends these requests.
// - { tenant, concurrency, create: manifest } makes what a manifest of large-manifest.mjs declares, with as few requests
//   as Logto lets it have: one for each object, and one for each machine with roles.
// - { tenant, concurrency, remove: name } deletes what is called so, and something behind it.
import http from 'node:http';
import https from 'node:https';
import { json } from 'node:stream/consumers';

const { tenant, concurrency, replay, create, remove } = await json(process.stdin);
const { endpoint, appId, appSecret, resource } = tenant;
const { request: open, Agent } = endpoint.startsWith('https:') ? https : http;
const agent = new Agent({ keepAlive: true });

function send(method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const request = open(
      endpoint + path,
      { method, agent, headers: { ...headers, ...length } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode < 300) resolve(text);
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Does something with each item, so many of them at once. */
async function each(items, work) {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

const started = performance.now();
const basic = Buffer.from(`${encodeURIComponent(appId)}:${encodeURIComponent(appSecret)}`).toString('base64');
const form = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
const grant = new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'all' }).toString();
const { access_token: token } = JSON.parse(await send('POST', '/oidc/token', form, grant));
const authorization = `Bearer ${token}`;
const post = async (path, body) => {
  const headers = { authorization, 'content-type': 'application/json' };
  const text = await send('POST', path, headers, JSON.stringify(body));
  return text.startsWith('{') ? JSON.parse(text).id : undefined;
};

if (replay) await each(replay, ({ method, path }) => send(method, path, { authorization }));
if (remove) {
  for (const path of ['/api/applications', '/api/roles', '/api/resources']) {
    const firstPage = async () => {
      const found = JSON.parse(await send('GET', `${path}?page=1&page_size=100`, { authorization }));
      return found.filter(({ name }) => name.startsWith(`${remove} `));
    };
    for (let made = await firstPage(); made.length > 0; made = await firstPage()) {
      await each(made, ({ id }) => send('DELETE', `${path}/${id}`, { authorization }));
    }
  }
}
if (create) {
  const ids = new Map();
  const { apiResources, roles, applications } = create;
  const makeRole = async ([key, { scopes, ...fields }]) => {
    const scopeIds = Object.values(scopes).flatMap((names) => names.map((name) => ids.get(name)));
    ids.set(key, await post('/api/roles', { ...fields, scopeIds }));
  };
  const nowhere = { redirectUris: [], postLogoutRedirectUris: [] };
  const makeApplication = async ([key, { name, type, oidcClientMetadata = nowhere }]) => {
    const body = { name, type, oidcClientMetadata };
    ids.set(key, await post('/api/applications', body));
  };
  const independent = [
    ...Object.entries(apiResources).map(([key, { name, indicator }]) => async () => {
      ids.set(key, await post('/api/resources', { name, indicator }));
    }),
    ...Object.entries(applications).map((entry) => () => makeApplication(entry)),
  ];
  await each(independent, (work) => work());
  const scopes = Object.entries(apiResources).flatMap(([key, api]) =>
    Object.entries(api.scopes).map(([name, fields]) => ({ key, name, fields })),
  );
  await each(scopes, async ({ key, name, fields }) => {
    ids.set(name, await post(`/api/resources/${ids.get(key)}/scopes`, { name, ...fields }));
  });
  await each(Object.entries(roles), makeRole);
  const machines = Object.entries(applications).filter(([, { roles: held }]) => held);
  await each(machines, ([key, { roles: held }]) =>
    post(`/api/applications/${ids.get(key)}/roles`, { roleIds: held.map((name) => ids.get(name)) }),
  );
}
agent.destroy();
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
