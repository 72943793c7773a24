import { makeLedger } from '../../src/state/ledger';
import { useEmulator } from '../support/emulator';
import { testSession } from '../support/session';

const emulator = useEmulator();
const { plan, apply, session } = testSession(emulator);

const web = (description: string): string =>
  `applications: { web: { name: Web, type: SPA, description: ${description} } }`;

/** What a run leaves that was cut off right after a creation: the announcement, and the object. */
async function cutOff(): Promise<void> {
  const stored = await session.home.read('default');
  const intents = new Map([['applications.web', { since: Date.now() - 60_000, fields: { name: 'Web' } }]]);
  await session.home.write(stored, makeLedger('default', new Map(), intents, stored.foreign));
  await emulator.request('POST', '/api/applications', { name: 'Web', type: 'SPA' });
}

test('what a run has made that was cut off stays ours, also when the next one fails at it', async () => {
  await cutOff();
  const refusal = { type: 'status', status: 403, body: { code: 'auth.forbidden' } };
  await emulator.faults([{ ...refusal, method: 'PATCH', path: '/api/applications/*' }]);
  await expect(apply(web('First'))).rejects.toThrow('403');

  await emulator.faults([]);
  const { outcomes } = await apply(web('Second'));
  expect(outcomes.map(({ action, status }) => [action.type, status])).toEqual([['adopt', 'done']]);
  expect((await plan(web('Second'))).actions).toEqual([]);
});
