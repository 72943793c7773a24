import type { TestEmulator } from '../support/emulator';
import { ask, askForMaybe } from './ask';

let answers = new Map<string, Promise<unknown>>();
let writesSeen: number | undefined;

/** Forgets what was looked at: the tenant is a fresh one. */
export function lookAnew(): void {
  answers = new Map();
  writesSeen = undefined;
}

/** Before a tenant is looked at. As long as nobody has written, what was read is good: most commands only plan. */
export async function beginToLook(emulator: TestEmulator): Promise<void> {
  const { writes } = await emulator.requests();
  if (writes !== writesSeen) answers = new Map();
  writesSeen = writes;
}

/** What a list holds, read once. */
export const look = (emulator: TestEmulator, path: string): Promise<unknown> =>
  once(path, () => ask(emulator, 'GET', path));

/** The same for what may not be there. */
export const lookForMaybe = (emulator: TestEmulator, path: string): Promise<unknown> =>
  once(path, () => askForMaybe(emulator, path));

function once(path: string, read: () => Promise<unknown>): Promise<unknown> {
  const answer = answers.get(path) ?? read();
  answers.set(path, answer);
  return answer;
}
