// `npm run bench`: what plan, apply, validate, drift and a start cost, against the goals; see README.md beside this file.
// `-- --quick`: fewer rounds and smaller tenants, under a minute.
// `-- --ci`: the same, and only the numbers of requests can fail: they have to be those of counts.json, exactly.
// `-- --endpoint https://my-tenant.logto.app`: against a real tenant, with LOGTO_APP_ID and LOGTO_APP_SECRET. It makes some
// 420 objects there, all named "logto-iac bench …", and takes them away again.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, type } from 'node:os';
import { parseArgs } from 'node:util';
import { pathOf } from './command.mjs';
import { measureLargePlans, measureManyTenants, measureStartUp, measureValidate } from './measure-size.mjs';
import { measureLatency, measureTenant } from './measure-tenant.mjs';
import { emulatedTenant, realTenant } from './tenant.mjs';

const { values } = parseArgs({
  options: { endpoint: { type: 'string' }, quick: { type: 'boolean' }, ci: { type: 'boolean' } },
});
const isQuick = values.quick || values.ci;
const rounds = isQuick ? 3 : 9;
const sizes = isQuick ? [1000, 2000] : [1000, 2000, 5000, 10_000];

const { version } = JSON.parse(readFileSync(pathOf('../package.json'), 'utf8'));
const machine = {
  version,
  node: process.versions.node,
  system: `${type()} ${release()}`,
  processor: `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}`,
};

const tenant = values.endpoint ? realTenant(values.endpoint.replace(/\/$/, '')) : await emulatedTenant();
const rows = [];
try {
  rows.push(...(await measureTenant(tenant, rounds)));
} finally {
  await tenant.close();
}
rows.push(...(await measureLatency(rounds)), ...(await measureManyTenants(50)));
rows.push(...(await measureLargePlans(sizes, isQuick ? 1 : 3)));
rows.push(...(await measureValidate(rounds)), ...(await measureStartUp(rounds * 2)));

const verdict = ({ holds }) => (holds === undefined ? '' : holds ? 'holds' : 'MISSED');
const lines = [
  '| work | measured | goal | |',
  '| --- | --- | --- | --- |',
  ...rows.map((row) => `| ${row.id} | ${row.measured} | ${row.goal} | ${verdict(row)} |`),
];
console.log(
  `logto-iac ${version}, Node ${machine.node}, ${machine.system}, ${machine.processor}; ${tenant.name}\n`,
);
console.log(lines.join('\n'));

const time = new Date().toISOString();
const results = pathOf('results');
mkdirSync(results, { recursive: true });
const file = `${results}/${time.replaceAll(':', '-')}.json`;
writeFileSync(file, `${JSON.stringify({ time, ...machine, tenant: tenant.name, rounds, rows }, null, 2)}\n`);
console.log(`\nWritten to ${file}`);

const missed = rows.filter(({ holds }) => holds === false);
const expected = JSON.parse(readFileSync(pathOf('counts.json'), 'utf8'));
const wrong = rows.filter(
  ({ id, counts }) => counts && JSON.stringify(counts) !== JSON.stringify(expected[id]),
);
for (const { id, counts } of values.endpoint ? [] : wrong) {
  console.log(`${id}: ${JSON.stringify(counts)}, but bench/counts.json says ${JSON.stringify(expected[id])}`);
}
if (values.ci ? wrong.length > 0 : missed.length > 0) process.exitCode = 1;
