// `npm run quickstart`: plan, apply and drift against an emulator, each step checked. Ends with 0 only if all went as told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const program = join(here, '..', '..', 'dist', 'cli', 'main.js');
const manifest = relative(process.cwd(), join(here, 'logto.yaml'));

const bold = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\u001b[1m${text}\u001b[0m` : text);
const tell = (text) => console.log(`\n${bold(text)}`);

/** A double of Logto on a free port, without any data on disk. */
async function startEmulator() {
  const child = spawn(process.execPath, [program, 'emulator', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaint += text));
  const environment = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^export (LOGTO_\w+)=(.*)$/.exec(line) ?? [];
    if (name) environment[name] = value;
    if (name === 'LOGTO_RESOURCE') return { child, environment };
  }
  throw new Error(`the emulator did not start\n${complaint}`);
}

/** Runs one command line as you would, shows it, and checks how it ended and what it said. */
async function run(environment, args, expected) {
  console.log(bold(`\n$ logto-iac ${args.join(' ')}`));
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      said += text;
      process.stdout.write(text);
    });
  }
  const [code] = await once(child, 'close');
  if (code !== expected.exitCode) throw new Error(`it ended with ${code}, not with ${expected.exitCode}`);
  if (!said.includes(expected.says)) throw new Error(`it did not say "${expected.says}"`);
  if (code !== 0) console.log(`(exit code ${code})`);
}

/** The Management API as anybody can call it: this is the colleague who clicks in the Console. */
async function signIn({ LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET, LOGTO_RESOURCE }) {
  const send = async (method, path, headers, body) => {
    const answer = await fetch(`${LOGTO_ENDPOINT}${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const grant = { grant_type: 'client_credentials', resource: LOGTO_RESOURCE, scope: 'all' };
  const { access_token: token } = await send(
    'POST',
    '/oidc/token',
    { authorization: `Basic ${Buffer.from(`${LOGTO_APP_ID}:${LOGTO_APP_SECRET}`).toString('base64')}` },
    new URLSearchParams(grant),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return (method, path, body) => send(method, path, headers, body && JSON.stringify(body));
}

/** Three changes that no manifest knows of. */
async function changeBehindItsBack(call) {
  const named = (list, name) => list.find((object) => object.name === name);
  const applications = await call('GET', '/api/applications');
  const role = named(await call('GET', '/api/roles?page=1&page_size=100'), 'Order worker');
  const worker = named(applications, 'Order worker');
  const { id, oidcClientMetadata } = named(applications, 'Web shop');

  console.log('  the role "Order worker" gets another description');
  await call('PATCH', `/api/roles/${role.id}`, { description: 'Does odd jobs' });
  console.log('  the application "Order worker" loses that role');
  await call('DELETE', `/api/applications/${worker.id}/roles/${role.id}`);
  console.log('  the application "Web shop" gets a redirect URI that nobody asked for');
  const redirectUris = [...oidcClientMetadata.redirectUris, 'https://elsewhere.example.com/callback'];
  await call('PATCH', `/api/applications/${id}`, {
    oidcClientMetadata: { ...oidcClientMetadata, redirectUris },
  });
}

async function main() {
  tell(`A fresh tenant, served by the emulator. The manifest is ${manifest}.`);
  const { child, environment } = await startEmulator();
  const step = (args, expected) => run(environment, [...args, '-f', manifest], expected);
  try {
    tell('1. What would be done?');
    await step(['plan'], { exitCode: 0, says: 'to create' });
    tell('2. Do it. A second plan is empty.');
    await step(['apply', '--yes'], { exitCode: 0, says: ' done, 0 failed, 0 not reached' });
    await step(['plan'], { exitCode: 0, says: 'Nothing to do' });
    tell('3. Somebody changes the tenant by hand:');
    await changeBehindItsBack(await signIn(environment));
    tell('4. What is not as stated? Exit code 2 tells a pipeline that there is drift.');
    await step(['drift'], { exitCode: 2, says: 'Drift: ' });
    tell('5. Repair it: what differs is written, and nothing else.');
    await step(['apply', '--yes'], { exitCode: 0, says: '3 done, 0 failed, 0 not reached' });
    await step(['drift'], { exitCode: 0, says: 'No drift' });
  } finally {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  tell('Everything went as told. Next: change the manifest and run this again, or read README.md.');
}

main().catch((error) => {
  console.error(`\nThe quick start failed: ${error.message}`);
  process.exitCode = 1;
});
