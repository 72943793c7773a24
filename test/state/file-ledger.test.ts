import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileLedger } from '../../src/state/file-ledger';
import { makeLedger } from '../../src/state/ledger';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (stacks: unknown) => {
  const path = join(folder, 'ledger.json');
  await writeFile(path, JSON.stringify({ version: 1, stacks }));
  return fileLedger(path).read('acme');
};

test('a ledger comes back as it was written', async () => {
  const home = fileLedger(join(folder, 'ledger.json'));
  const ledger = makeLedger(
    'acme',
    new Map([['roles.a', { id: 'one', hash: 'h', source: 'logto.yaml:1', adopted: true as const }]]),
    new Map([['roles.b', { since: 1, fields: { name: 'B' }, carried: 'sealed' }]]),
  );
  await home.write(makeLedger('acme'), ledger);
  expect(await home.read('acme')).toEqual(ledger);
});

test.each([
  ['sections that are none', { acme: 'roles' }],
  ['a section without intents', { acme: { roles: { entries: {} } } }],
  ['an entry without an id', { acme: { roles: { entries: { 'roles.a': [null] }, intents: {} } } }],
  ['an entry that is no list', { acme: { roles: { entries: { 'roles.a': 'one' }, intents: {} } } }],
  ['an intent without a time', { acme: { roles: { entries: {}, intents: { 'roles.a': [{}] } } } }],
  ['the same of another stack', { other: { roles: { entries: { 'roles.a': 7 }, intents: {} } } }],
])('what is no ledger is refused: %s', async (_, stacks) => {
  await expect(read(stacks)).rejects.toThrow('is no ledger of this version');
});
