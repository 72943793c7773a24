import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// Without an extension: jest resolves what the global setup imports by itself, without its own settings.
import { faultCountsFile } from './fault-counts';
import { runEmulator, type RunningEmulator } from './run-emulator';

const root = join(__dirname, '..', '..');

/** Starts one emulator for each of jest's workers, so that test files share its start and never its data. */
export default async function startEmulators({ maxWorkers }: { readonly maxWorkers: number }): Promise<void> {
  tellStaleBuild();
  // Named here, so that all workers know the same.
  faultCountsFile();
  // The first start prepares the database for the others.
  const emulators = [await runEmulator()];
  emulators.push(...(await Promise.all(Array.from({ length: maxWorkers - 1 }, () => runEmulator()))));
  process.env['LOGTO_EMULATORS'] = JSON.stringify(emulators.map(({ connection }) => connection));
  (globalThis as { emulators?: readonly RunningEmulator[] }).emulators = emulators;
}

function tellStaleBuild(): void {
  const built = newestChange(join(root, 'dist', 'emulator'));
  if (built === 0) throw new Error('The tests run the built emulator, and there is none: npm run build');
  if (newestChange(join(root, 'src', 'emulator')) > built) {
    console.warn('\nsrc/emulator changed after the build that the tests run: npm run build');
  }
}

function newestChange(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    return Math.max(0, ...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
  } catch {
    return 0;
  }
}
