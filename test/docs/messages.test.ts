import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { errorText } from '../../src/cli/report-error';
import { sessionFromFlags } from '../../src/cli/session-from-flags';
import { plan } from '../../src/index';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Connection } from '../../src/management-api/connection';
import { openSession } from '../../src/open-session';
import { refuseStale } from '../../src/reconcile';
import { useEmulator } from '../support/emulator';
import { blocks, placeOf, root } from './pages';

const emulator = useEmulator();

/** What a text says, line by line without its indentation, where `…` stands for anything. */
function expectQuoted(text: string, quotation: string): void {
  const pattern = quotation
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')
        .replaceAll('…', '.*'),
    )
    .join('\\n\\s*');
  expect(text).toMatch(new RegExp(pattern));
}

const quotations = blocks.flatMap((block) => {
  const [, scenario] = /^told by the scenario (.+)$/.exec(block.check ?? '') ?? [];
  return scenario === undefined ? [] : [[placeOf(block), scenario, block.text] as const];
});

test.each(quotations)('the message at %s is one of the scenario %s', (_place, scenario, quotation) => {
  expectQuoted(readFileSync(join(root, 'test', 'scenarios', scenario, 'stderr.txt'), 'utf8'), quotation);
});

/** Plans with other credentials than those of the emulator. */
async function planWith(other: Partial<Connection>): Promise<never> {
  const session = openSession({ ...emulator, endpoint: emulator.url, ...other });
  try {
    await plan(
      await parseManifest([{ name: 'logto.yaml', text: 'roles: {}' }], { allowEmpty: true }),
      session,
    );
  } finally {
    session.tenant.close();
  }
  throw new Error('that was no mistake');
}

async function withServer(use: (url: string) => Promise<never>): Promise<never> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end('<h1>Welcome</h1>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
}

async function machineWithoutRole(): Promise<Partial<Connection>> {
  const made = await emulator.request('POST', '/api/applications', {
    name: 'Bare',
    type: 'MachineToMachine',
  });
  const { id } = made.body as { readonly id: string };
  const { body } = await emulator.request('GET', `/api/applications/${id}/secrets`);
  return { appId: id, appSecret: (body as readonly { readonly value: string }[])[0]?.value ?? '' };
}

async function stalePlan(): Promise<never> {
  const session = openSession({ ...emulator, endpoint: emulator.url });
  try {
    const manifest = await parseManifest([{ name: 'logto.yaml', text: 'roles: {}' }], { allowEmpty: true });
    refuseStale(await plan(manifest, session), 'another-digest');
  } finally {
    session.tenant.close();
  }
  throw new Error('it is not stale');
}

const situations: Readonly<Record<string, () => Promise<unknown>>> = {
  'nothing is said about the tenant': () =>
    sessionFromFlags({ ledger: 'tenant', concurrency: '8', logLevel: 'warn' }, undefined, {}),
  'the secret is wrong': () => planWith({ appSecret: 'wrong' }),
  'the application is not there': () => planWith({ appId: 'nobody' }),
  'the resource is not there': () => planWith({ resource: 'https://other.logto.app/api' }),
  'the role is missing': async () => planWith(await machineWithoutRole()),
  'nothing listens': () => planWith({ endpoint: 'http://127.0.0.1:1' }),
  'it is another web site': () => withServer((endpoint) => planWith({ endpoint })),
  'the plan is stale': stalePlan,
};

const told = blocks.flatMap((block) => {
  const [, when] = /^told when (.+)$/.exec(block.check ?? '') ?? [];
  return when === undefined ? [] : [[placeOf(block), when, block.text] as const];
});

test.each(told)('the message at %s is told when %s', async (_place, when, quotation) => {
  const error = await situations[when]?.().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expectQuoted(errorText(error), quotation);
});
