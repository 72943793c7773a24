import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pathOf, program, runNode } from './command.mjs';

/**
 * What a benchmark needs of a tenant: how to reach it (`connection` for the bare client, `environment` for ours), how to
 * make it empty again, and what its server has counted; undefined where the server does not say.
 */
function tenantAt(name, connection, methods) {
  const { endpoint, appId, appSecret, resource } = connection;
  const environment = {
    LOGTO_ENDPOINT: endpoint,
    LOGTO_APP_ID: appId,
    LOGTO_APP_SECRET: appSecret,
    LOGTO_RESOURCE: resource,
  };
  return { name, connection, environment, ...methods };
}

const control = (endpoint) => async (method, path, body) => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(endpoint + path, { method, headers, body });
  // To its end, also where nobody needs it: otherwise the connection stays taken.
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text;
};

const counting = (ask) => ({
  forgetRequests: () => ask('DELETE', '/__requests'),
  counted: async () => {
    const { requests, ...counts } = JSON.parse(await ask('GET', '/__requests'));
    return { ...counts, requests: requests.filter(({ path }) => path.startsWith('/api/')) };
  },
});

/** Ends a process, and waits until it has; one that has ended already would be waited for without end. */
async function ended(child, end) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  end();
  await once(child, 'exit');
}

/** A fresh emulator. */
export async function emulatedTenant() {
  const child = spawn(process.execPath, [program, 'emulator', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const variables = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (LOGTO_\w+)=(.*)$/.exec(line) ?? [];
    if (name) variables[name] = value;
    if (name === 'LOGTO_RESOURCE') break;
  }
  if (!variables.LOGTO_RESOURCE) throw new Error('the emulator did not start');
  const ask = control(variables.LOGTO_ENDPOINT);
  const connection = {
    endpoint: variables.LOGTO_ENDPOINT,
    appId: variables.LOGTO_APP_ID,
    appSecret: variables.LOGTO_APP_SECRET,
    resource: variables.LOGTO_RESOURCE,
  };
  return tenantAt('emulator', connection, {
    ...counting(ask),
    canReset: true,
    empty: () => ask('POST', '/__reset'),
    close: () => ended(child, () => child.kill()),
  });
}

/** A double in memory, for what would take the emulator too long to make. */
export async function tenantInMemory() {
  const child = spawn(process.execPath, [pathOf('memory-logto.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const { url, appId, appSecret } = JSON.parse(line);
  const ask = control(url);
  const connection = { endpoint: url, appId, appSecret, resource: 'https://default.logto.app/api' };
  return tenantAt('in memory', connection, {
    ...counting(ask),
    setLatency: (milliseconds) => ask('POST', '/__latency', JSON.stringify({ milliseconds })),
    close: () => ended(child, () => child.stdin.end()),
  });
}

/** A tenant that LOGTO_APP_ID and LOGTO_APP_SECRET open. Only what the benchmark has made is taken away. */
export function realTenant(endpoint) {
  const {
    LOGTO_APP_ID: appId,
    LOGTO_APP_SECRET: appSecret,
    LOGTO_RESOURCE: resource = 'https://default.logto.app/api',
  } = process.env;
  const connection = { endpoint, appId, appSecret, resource };
  const environment = { LOGTO_ENDPOINT: endpoint };
  const destroy = ['destroy', '--yes', '--stack', 'bench', '--force', 'limit'];
  const empty = () => runNode([program, ...destroy], { environment });
  const nothing = async () => undefined;
  return tenantAt(endpoint, connection, { forgetRequests: nothing, counted: nothing, empty, close: empty });
}
