import type { RunningEmulator } from './run-emulator';

export default async function stopEmulators(): Promise<void> {
  const { emulators = [] } = globalThis as { emulators?: readonly RunningEmulator[] };
  await Promise.all(emulators.map(({ stop }) => stop()));
}
