import { deflateRawSync } from 'node:zlib';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { home } = testSession(emulator).session;

test.each([
  ['no entries', {}],
  ['an entry that is no list', { entries: { 'roles.a': 7 }, intents: {} }],
])('custom data that was changed into no ledger is refused: %s', async (_, section) => {
  const data = deflateRawSync(JSON.stringify(section)).toString('base64');
  const path = `/api/applications/${emulator.appId}/custom-data`;
  await emulator.request('PATCH', path, { 'logto-iac/acme/roles': { version: 1, data } });
  await expect(home.read('acme')).rejects.toThrow('it holds something else than a ledger');
});
