import type { TestEmulator } from '../support/emulator';

/** Asks the Management API for what it must not refuse. */
export async function ask(
  emulator: TestEmulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const answer = await emulator.request(method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** The same for what may not be there. */
export async function askForMaybe(emulator: TestEmulator, path: string): Promise<unknown> {
  const answer = await emulator.request('GET', path);
  if (answer.status === 200 || answer.status === 404) return answer.status === 200 ? answer.body : undefined;
  throw new Error(`GET ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
