import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { emulatorAt, send, useEmulator, type Answer } from '../support/emulator';
import type { Connection } from '../support/run-emulator';

/** A tenant that may be made fresh at any moment. */
export interface TestTenant extends Connection {
  /** Asks the Management API, with a token. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  reset(): Promise<void>;
}

/**
 * The tenant that these tests harm: the emulator of this worker. Or, one test file at a time, any other Logto whose
 * tenant may be lost, where LOGTO_IAC_TEST_ENDPOINT, _APP_ID, _APP_SECRET and _RESOURCE say which, and
 * LOGTO_IAC_TEST_RESET_COMMAND how to make it fresh.
 */
export function useTenant(): TestTenant {
  const { env } = process;
  const emulator = useEmulator();
  const url = env['LOGTO_IAC_TEST_ENDPOINT'];
  if (url === undefined) {
    return {
      ...emulator,
      reset: async () => {
        await send(emulator.url, 'POST', '/__reset');
      },
    };
  }
  const connection: Connection = {
    url,
    appId: env['LOGTO_IAC_TEST_APP_ID'] ?? '',
    appSecret: env['LOGTO_IAC_TEST_APP_SECRET'] ?? '',
    resource: env['LOGTO_IAC_TEST_RESOURCE'] ?? 'https://default.logto.app/api',
  };
  const command = env['LOGTO_IAC_TEST_RESET_COMMAND'] ?? 'false';
  const reset = async (): Promise<void> => {
    await promisify(execFile)('/bin/sh', ['-c', command]);
  };
  beforeEach(reset);
  return { ...connection, request: emulatorAt(connection).request.bind(undefined), reset };
}

/** More runs, and every request instead of a sample. */
export const isLong = process.env['LOGTO_IAC_LONG'] === '1';

/** For random tests: `LOGTO_IAC_SEED` repeats a run. */
export const seed = Number(process.env['LOGTO_IAC_SEED'] ?? Date.now() % 2 ** 31);
