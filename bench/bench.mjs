// `npm run bench`: requests and times of plan and apply for a large manifest, and what a start costs.
// `npm run bench -- --endpoint https://my-tenant.logto.app`: the same against a real tenant, with LOGTO_APP_ID and
// LOGTO_APP_SECRET. It makes some 420 objects there, all named "logto-iac bench …", and takes them away again.
import { readFileSync } from 'node:fs';
import { availableParallelism, release, type } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { medianRun, program, runNode } from './command.mjs';
import { emulatedTenant, realTenant } from './tenant.mjs';

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** One command against the tenant, with what it sent: counted by itself, one line of its log for each request. */
async function measure(command, tenant, manifest, { times, before = async () => undefined }) {
  const args = [program, ...command, '-f', '-', '--log-level', 'debug'];
  const { seconds, stderr } = await medianRun(times, async () => {
    await before();
    await tenant.forgetRequests();
    return runNode(args, { environment: tenant.environment, input: manifest });
  });
  const methods = [...stderr.matchAll(/^debug request method=(\w+) path=(\S+)/gm)]
    .filter(([, , path]) => !path.endsWith('/oidc/token'))
    .map(([, method]) => method);
  const writes = methods.filter((method) => method !== 'GET').length;
  return { seconds, requests: methods.length, writes, mostInFlight: await tenant.mostInFlight() };
}

async function tenantRows(tenant, latencies) {
  const { stdout: manifest } = await runNode([pathOf('large-manifest.mjs')]);
  const rows = [];
  for (const latency of latencies) {
    const add = async (name, command, options) => {
      const { seconds, requests, writes, mostInFlight } = await measure(command, tenant, manifest, options);
      // What the requests alone would take, 8 at once, if the answers cost the server nothing.
      const least = (requests * latency) / 8 / 1000;
      rows.push({
        what: name,
        tenant: latency > 0 ? `${tenant.name} + ${latency} ms` : tenant.name,
        requests,
        'of them writes': writes,
        'in flight at most': mostInFlight,
        seconds: seconds.toFixed(2),
        '× the latency of its requests, 8 at once': least > 0 ? (seconds / least).toFixed(1) : '',
      });
    };
    const emptyTenant = async () => {
      await tenant.empty();
      await tenant.setLatency(latency);
    };
    await add('apply, fresh tenant', ['apply', '--yes'], { times: 1, before: emptyTenant });
    await add('plan, nothing to do', ['plan'], { times: 3 });
    await add('apply, nothing to do', ['apply', '--yes'], { times: 3 });
  }
  return rows;
}

async function startUpRows() {
  const validate = [program, 'validate', '-f', pathOf('../examples/quick-start/logto.yaml')];
  const commands = { 'node -e 0': ['-e', '0'], '--version': [program, '--version'], validate };
  const seconds = {};
  for (const [name, args] of Object.entries(commands)) {
    await runNode(args);
    seconds[name] = (await medianRun(9, () => runNode(args))).seconds;
  }
  return Object.entries(seconds).map(([what, time]) => ({
    what,
    seconds: time.toFixed(2),
    '× node -e 0': (time / seconds['node -e 0']).toFixed(1),
  }));
}

function printTable(rows) {
  const names = Object.keys(rows[0]);
  const lines = [names, names.map(() => '---'), ...rows.map((row) => names.map((name) => String(row[name])))];
  console.log(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'), '\n');
}

const { values } = parseArgs({ options: { endpoint: { type: 'string' } } });
const { version } = JSON.parse(readFileSync(pathOf('../package.json'), 'utf8'));
console.log(
  `logto-iac ${version}, Node ${process.versions.node}, ${type()} ${release()}, ${availableParallelism()} cores\n`,
);
console.log(
  '100 applications (50 machines with a role each), 100 roles with 3 permissions each, 20 API resources',
);
console.log('with 200 permissions: 420 resources. Times are of whole processes, from start to end.\n');
const tenant = values.endpoint ? realTenant(values.endpoint.replace(/\/$/, '')) : await emulatedTenant();
try {
  printTable(await tenantRows(tenant, values.endpoint ? [0] : [0, 30]));
} finally {
  await tenant.close();
}
printTable(await startUpRows());
