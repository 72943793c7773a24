import { alternate, pathOf, program, runMeasured, runNode } from './command.mjs';
import { largeManifest, usualSize } from './large-manifest.mjs';
import { tenantInMemory } from './tenant.mjs';

const manifest = largeManifest(usualSize);
const text = JSON.stringify(manifest);
/** One for each object, and one for each machine that has a role; see bare-client.mjs. */
const leastWrites = 20 + 200 + 100 + 100 + 50;
/** Ours may have as many in flight as the bare client has. */
const concurrency = 8;

const run = (tenant, command, ...flags) =>
  runMeasured([program, ...command, '-f', '-', '--concurrency', String(concurrency), ...flags], {
    environment: tenant.environment,
    input: text,
  });

const bare = async (tenant, work) => {
  const input = JSON.stringify({ tenant: tenant.connection, concurrency, ...work });
  return JSON.parse((await runNode([pathOf('bare-client.mjs')], { input })).stdout);
};

/** What a command has sent: its own log, which the server's count has to agree with. */
async function requestsOf(tenant, command) {
  await tenant.forgetRequests();
  const { stderr } = await run(tenant, command, '--log-level', 'debug');
  const sent = [...stderr.matchAll(/^debug request method=(\w+) path=(\S+)/gm)]
    .map(([, method, path]) => ({ method, path }))
    .filter(({ path }) => path.startsWith('/api/'));
  const counted = await tenant.counted();
  if (counted && counted.requests.length !== sent.length) {
    throw new Error(`the server counted ${counted.requests.length} requests, and the log has ${sent.length}`);
  }
  return { sent, requests: sent.length, writes: sent.filter(({ method }) => method !== 'GET').length };
}

const milliseconds = (seconds) => `${Math.round(seconds * 1000)} ms`;
const times = (ratio) => `${ratio.toFixed(2)} ×`;

/** Rows about the usual tenant: a fresh apply, then plans and applies that have nothing to do. */
export async function measureTenant(tenant, rounds) {
  const rows = [];
  const startUp = async () => runMeasured([program, 'validate', '-f', '-'], { input: text });

  await makeEmpty(tenant);
  const first = await requestsOf(tenant, ['apply', '--yes']);
  rows.push({
    id: 'fresh apply: writes',
    measured: `${first.writes} (${times(first.writes / leastWrites)} the ${leastWrites} that Logto needs)`,
    goal: '≤ 1.1 ×',
    holds: first.writes <= 1.1 * leastWrites,
    counts: { requests: first.requests, writes: first.writes },
  });
  for (const command of [['plan'], ['apply', '--yes']]) {
    const { requests, writes } = await requestsOf(tenant, command);
    rows.push({
      id: `${command[0]}, nothing to do: requests`,
      measured: `${requests}, ${writes} writes`,
      goal: '≤ 110, 0 writes',
      holds: requests <= 110 && writes === 0,
      counts: { requests, writes },
    });
  }

  const { sent } = await requestsOf(tenant, ['plan']);
  const noOp = await alternate(rounds, {
    ours: () => run(tenant, ['plan']),
    bare: () => bare(tenant, { replay: sent }),
    startUp,
  });
  rows.push(ratioRow('plan, nothing to do: time', noOp, 1.25));

  const fresh = await alternate(rounds, {
    ours: () => makeEmpty(tenant).then(() => run(tenant, ['apply', '--yes'])),
    bare: () => makeEmpty(tenant).then(() => bare(tenant, { create: manifest })),
    startUp,
  });
  rows.push(ratioRow('fresh apply: time', fresh, 1.3));
  await removeOfBare(tenant);
  return rows;
}

/** A plan that has nothing to do, over a network: the server takes no time of its own, so that only ours is left. */
export async function measureLatency(rounds) {
  const tenant = await tenantInMemory();
  try {
    await run(tenant, ['apply', '--yes']);
    const { sent } = await requestsOf(tenant, ['plan']);
    await tenant.setLatency(30);
    const { ours, bare: other } = await alternate(rounds, {
      ours: () => run(tenant, ['plan']),
      bare: () => bare(tenant, { replay: sent }),
    });
    return [
      {
        id: 'plan, nothing to do, 30 ms latency, 8 in flight',
        measured: `${milliseconds(ours.seconds)}, start-up included (bare client ${milliseconds(other.seconds)})`,
        goal: '< 1 s',
        holds: ours.seconds < 1,
        figures: { ours, bare: other },
      },
    ];
  } finally {
    await tenant.close();
  }
}

/** Ours, less what it takes to start and to read the manifest, against the bare client's time. */
function ratioRow(id, { ours, bare: other, startUp }, most) {
  const ratio = (ours.seconds - startUp.seconds) / other.seconds;
  const parts = [ours, startUp, other].map(({ seconds }) => milliseconds(seconds));
  const spread = Math.max(ours.spread, other.spread);
  return {
    id,
    measured: `${times(ratio)} (${parts[0]} − ${parts[1]} start-up; bare client ${parts[2]}; ± ${Math.round(spread * 50)} %)`,
    goal: `≤ ${most} ×`,
    holds: ratio <= most,
    figures: { ours, bare: other, startUp },
  };
}

/** A server that cannot be reset: what ours has made goes by `destroy`, what the bare client has made one by one. */
async function makeEmpty(tenant) {
  await tenant.empty();
  await removeOfBare(tenant);
}

async function removeOfBare(tenant) {
  if (tenant.canReset) return;
  const made = { tenant: tenant.connection, concurrency, remove: 'logto-iac bench' };
  await runNode([pathOf('bare-client.mjs')], { input: JSON.stringify(made) });
}
