import { tellFaultCounts } from './fault-counts';
import type { RunningEmulator } from './run-emulator';

export default async function stopEmulators(): Promise<void> {
  const told = tellFaultCounts();
  if (told !== undefined) console.log(told);
  const { emulators = [] } = globalThis as { emulators?: readonly RunningEmulator[] };
  await Promise.all(emulators.map(({ stop }) => stop()));
}
