import { emulatorAt, send, type TestEmulator } from './emulator';
import { runEmulator, type RunningEmulator } from './run-emulator';

/**
 * A tenant besides that of `useEmulator`, fresh before each test: an emulator of its own for the file or block that calls
 * this. The workers' emulators have prepared the database, so it starts from that.
 */
export function useSecondEmulator(): TestEmulator {
  let running: RunningEmulator | undefined;
  let emulator: TestEmulator | undefined;
  const started = (): TestEmulator => {
    if (!emulator) throw new Error('The second emulator runs only while tests do.');
    return emulator;
  };
  beforeAll(async () => {
    running = await runEmulator();
    emulator = emulatorAt(running.connection);
  });
  beforeEach(async () => {
    await send(started().url, 'POST', '/__reset');
  });
  afterAll(() => running?.stop());
  return {
    get url() {
      return started().url;
    },
    get appId() {
      return started().appId;
    },
    get appSecret() {
      return started().appSecret;
    },
    get resource() {
      return started().resource;
    },
    request: (method, path, body) => started().request(method, path, body),
    faults: (faults) => started().faults(faults),
    age: (duration) => started().age(duration),
    requests: () => started().requests(),
    resetRequests: () => started().resetRequests(),
  };
}
