import { randomBytes } from 'node:crypto';
import { makeLedger, type LedgerEntry } from '../../src/state/ledger';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { home } = testSession(emulator).session;

/** An id as Logto makes them: 21 lower-case letters and digits, at random. */
const id = (): string =>
  [...randomBytes(21)].map((byte) => 'abcdefghijklmnopqrstuvwxyz0123456789'[byte % 36]).join('');

const ledgerOf = (size: number) => {
  const entries = Array.from({ length: size }, (_, index): [string, LedgerEntry] => [
    `applications.customer-${index}-worker`,
    {
      id: id(),
      hash: randomBytes(11).toString('base64url'),
      source: `tenant/applications-${index % 20}.yaml:${index}`,
    },
  ]);
  return makeLedger('acme', new Map(entries));
};

test('the ledger of 10,000 resources of one kind fits a request, and comes back as it was', async () => {
  const ledger = ledgerOf(10_000);
  // The emulator refuses a body of more than 1 MiB, as Logto does.
  await home.write(makeLedger('acme'), ledger);
  const { entries } = await home.read('acme');
  expect(Object.fromEntries(entries)).toEqual(Object.fromEntries(ledger.entries));
});

test('a ledger that does not fit is refused before anything is written, with the choices', async () => {
  await expect(home.write(makeLedger('acme'), ledgerOf(40_000))).rejects.toMatchObject({
    name: 'RefusedError',
    hint: expect.stringContaining('--ledger file:PATH') as string,
  });
  expect((await emulator.requests()).writes).toBe(0);
});

test('only the sections that differ are written', async () => {
  const before = makeLedger('acme', new Map([['roles.a', { id: 'r' }]]));
  await home.write(makeLedger('acme'), before);
  await emulator.resetRequests();
  await home.write(before, makeLedger('acme', new Map([...before.entries, ['applications.b', { id: 'b' }]])));
  const { requests } = await emulator.requests();
  expect(requests.map(({ method, body }) => [method, Object.keys(body as object)])).toEqual([
    ['PATCH', ['logto-iac/acme/applications']],
  ]);
});
