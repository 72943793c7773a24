import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { alternate, program, runMeasured, runNode } from './command.mjs';
import { largeManifest, scopesOfApi, usualSize } from './large-manifest.mjs';
import { tenantInMemory } from './tenant.mjs';

const seconds = (number) => `${number.toFixed(2)} s`;

/** Gives a measurement a folder for its files. */
async function inFolder(measure) {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-bench-'));
  try {
    return await measure((name, value) => {
      const file = join(folder, name);
      writeFileSync(file, stringify(value));
      return file;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** So many applications, a tenth as many roles, a twentieth as many API resources with ten permissions each. */
const manifestOf = (applications) =>
  largeManifest({ applications, machines: 50, roles: applications / 10, apis: applications / 20 });

/**
 * Plans of ever larger tenants: processor time and memory, and how they grow.
 *
 * @param rounds of the largest. Smaller ones have more, up to fifteen: what is our own in them is a small difference of two
 *   times, which the machine disturbs as much as a large one.
 */
export function measureLargePlans(sizes, rounds) {
  return inFolder(async (write) => {
    const curve = [];
    for (const applications of sizes) {
      const file = write('large.yaml', manifestOf(applications));
      const tenant = await tenantInMemory();
      try {
        const environment = tenant.environment;
        await runNode([program, 'apply', '--yes', '-f', file, '--log-level', 'error'], { environment });
        const ofThis = Math.min(15, Math.ceil((rounds * Math.max(...sizes)) / applications));
        const { plan, validate } = await alternate(ofThis, {
          plan: () => runMeasured([program, 'plan', '-f', file], { environment }),
          validate: () => runMeasured([program, 'validate', '-f', file]),
        });
        const own = plan.cpuSeconds - validate.cpuSeconds;
        const exported = await runMeasured([program, 'export', '--stack', 'bench'], { environment });
        curve.push({ applications, plan, validate, exported, own, perThousand: (own / applications) * 1000 });
      } finally {
        await tenant.close();
      }
    }
    return [...curve.map(curveRow), ...goalRows(curve), exportRow(curve.at(-1))];
  });
}

const curveRow = ({ applications, plan, validate, own, perThousand }) => ({
  id: `plan of ${applications.toLocaleString('en')} applications`,
  measured: [
    `${seconds(own)} of our own`,
    `${Math.round(perThousand * 1000)} ms for 1,000`,
    `${seconds(validate.cpuSeconds)} to start and to read the manifest`,
    `${Math.round(plan.megabytes)} MB`,
  ].join(', '),
  goal: '',
});

/** Three requests for each application: nothing that lists them tells who may sign in, secrets and sign-in pages. */
const exportRow = ({ applications, exported }) => ({
  id: `export of ${applications.toLocaleString('en')} applications`,
  measured: `${seconds(exported.seconds)}, ${Math.round(exported.megabytes)} MB`,
  goal: '',
});

function goalRows(curve) {
  const [smallest, largest] = [curve[0], curve.at(-1)];
  const growth = largest.perThousand / smallest.perThousand;
  return [
    {
      id: 'the largest of them: processor time of our own',
      measured: seconds(largest.own),
      goal: '< 2 s',
      holds: largest.own < 2,
      figures: curve,
    },
    {
      id: 'the largest of them: memory',
      measured: `${Math.round(largest.plan.megabytes)} MB`,
      goal: '< 300 MB',
      holds: largest.plan.megabytes < 300,
    },
    {
      id: 'cost of an application, in the largest against the smallest',
      measured: `${growth.toFixed(2)} ×`,
      goal: '≤ 1.25 ×',
      holds: growth <= 1.25,
    },
  ];
}

/** `validate` of 5,000 resources in YAML, on top of a manifest with one. */
export function measureValidate(rounds) {
  return inFolder(async (write) => {
    const apis = 5000 / (1 + scopesOfApi + 20 + 2);
    const size = {
      applications: Math.round(apis * 20),
      machines: 50,
      roles: Math.round(apis * 2),
      apis: Math.round(apis),
    };
    const [large, small] = [write('large.yaml', largeManifest(size)), write('small.yaml', oneRole)];
    const { ours, startUp } = await alternate(rounds, {
      ours: () => runMeasured([program, 'validate', '-f', large]),
      startUp: () => runMeasured([program, 'validate', '-f', small]),
    });
    const more = ours.seconds - startUp.seconds;
    return [
      {
        id: 'validate of 5,000 resources in YAML',
        measured: `${seconds(more)} on top of ${seconds(startUp.seconds)} (${seconds(ours.cpuSeconds - startUp.cpuSeconds)} of processor)`,
        goal: '< 1 s',
        holds: more < 1,
        figures: { ours, startUp },
      },
    ];
  });
}

const oneRole = { roles: { clerk: { name: 'Clerk', description: 'Works' } } };

/** What a start costs, in times of an empty program. The last one has a server that answers at once. */
export function measureStartUp(rounds) {
  return inFolder(async (write) => {
    const file = write('small.yaml', oneRole);
    const tenant = await tenantInMemory();
    try {
      const { nothing, version, validate, plan } = await alternate(rounds, {
        nothing: () => runNode(['-e', '0']).then(onlySeconds),
        version: () => runNode([program, '--version']).then(onlySeconds),
        validate: () => runNode([program, 'validate', '-f', file]).then(onlySeconds),
        plan: () => planWithoutNetwork(tenant, file),
      });
      return [
        ['--version', version, 1.5],
        ['validate of a small manifest', validate, 2.5],
        ['plan of it without the network', plan, 3],
      ].map(([id, ours, most]) => {
        const ratio = ours.seconds / nothing.seconds;
        return {
          id,
          measured: `${ratio.toFixed(2)} × (${Math.round(ours.seconds * 1000)} ms; node -e 0: ${Math.round(nothing.seconds * 1000)} ms)`,
          goal: `≤ ${most} ×`,
          holds: ratio <= most,
          figures: { ours, nothing },
        };
      });
    } finally {
      await tenant.close();
    }
  });
}

const onlySeconds = ({ seconds: number }) => ({ seconds: number });

/** The time in which requests were under way is what the command itself tells. */
async function planWithoutNetwork({ environment }, file) {
  const args = [program, 'plan', '-f', file, '--log-level', 'info'];
  const run = await runNode(args, { environment });
  const [, milliseconds] = /^info total .*\bmilliseconds=(\d+)/m.exec(run.stderr);
  return { seconds: run.seconds - Number(milliseconds) / 1000 };
}

/** Drift over many tenants in one process: all of them lead to the same objects. */
export function measureManyTenants(count) {
  return inFolder(async (write) => {
    const file = write('usual.yaml', largeManifest(usualSize));
    const tenant = await tenantInMemory();
    try {
      const { environment, connection } = tenant;
      await runNode([program, 'apply', '--yes', '-f', file, '--log-level', 'error'], { environment });
      const { endpoint, appId, resource } = connection;
      const entry = (number) => ({
        ...{ endpoint: `${endpoint}/t${number}`, appId, resource },
        appSecret: { env: 'LOGTO_APP_SECRET' },
        file: ['usual.yaml'],
      });
      const tenants = Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`t${index}`, entry(index)]),
      );
      const list = write('tenants.yaml', { tenants });
      await tenant.forgetRequests();
      const run = await runMeasured([program, 'drift', '--tenants', list, '--format', 'json'], {
        environment,
      });
      const counted = await tenant.counted();
      const { summary } = JSON.parse(run.stdout);
      if (summary.asStated !== count)
        throw new Error(`${summary.asStated} of ${count} tenants are as stated`);
      const { total, writes, maxInFlight, maxInFlightOfTenant } = counted;
      return [
        {
          id: `drift over ${count} tenants, one process`,
          measured: [
            `${total} requests, ${writes} writes`,
            `at most ${maxInFlight} in flight, ${maxInFlightOfTenant} for one tenant`,
            `${seconds(run.seconds)}, ${seconds(run.cpuSeconds)} of processor, ${Math.round(run.megabytes)} MB`,
          ].join('; '),
          goal: '≤ 32 in all, ≤ 16 for one, 0 writes',
          holds: maxInFlight <= 32 && maxInFlightOfTenant <= 16 && writes === 0,
          counts: { requests: total, writes },
          figures: { seconds: run.seconds, cpuSeconds: run.cpuSeconds, megabytes: run.megabytes },
        },
      ];
    } finally {
      await tenant.close();
    }
  });
}
