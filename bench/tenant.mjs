import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { program, runNode } from './command.mjs';

/** What a benchmark needs of a tenant: how to reach it, and how to make it empty again. */

/** A fresh emulator; `setLatency` delays each of its answers. */
export async function emulatedTenant() {
  const child = spawn(process.execPath, [program, 'emulator', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const environment = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (LOGTO_\w+)=(.*)$/.exec(line) ?? [];
    if (name) environment[name] = value;
    if (name === 'LOGTO_RESOURCE') break;
  }
  if (!environment.LOGTO_RESOURCE) throw new Error('the emulator did not start');
  const control = async (method, path, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(environment.LOGTO_ENDPOINT + path, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    name: 'emulator',
    environment,
    empty: () => control('POST', '/__reset'),
    forgetRequests: () => control('DELETE', '/__requests'),
    /** As the server counted them. */
    mostInFlight: async () => (await (await control('GET', '/__requests')).json()).maxInFlight,
    setLatency: (milliseconds) =>
      control(
        'POST',
        '/__faults',
        JSON.stringify(milliseconds > 0 ? [{ type: 'latency', milliseconds, count: 'always' }] : []),
      ),
    close: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** A tenant that LOGTO_APP_ID and LOGTO_APP_SECRET open. Only what the benchmark has made is taken away. */
export function realTenant(endpoint) {
  const environment = { LOGTO_ENDPOINT: endpoint };
  const empty = () => runNode([program, 'destroy', '--yes', '--stack', 'bench'], { environment });
  const nothing = async () => undefined;
  const unknown = { setLatency: nothing, forgetRequests: nothing, mostInFlight: async () => '' };
  return { name: endpoint, environment, empty, close: empty, ...unknown };
}
