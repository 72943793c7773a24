import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { cleanEnvironment, connectionVariables } from '../support/run-cli';
import type { Connection } from '../support/run-emulator';
import { blocks } from './pages';

/** The pages with something to run. */
export const pagesOfWalks = [
  ...new Set(
    blocks
      .filter(({ language, check = '' }) => language === 'sh' && !check.startsWith('not run: '))
      .map(({ page }) => page),
  ),
];

/** What a page says that is not so; empty where it can be followed by its words alone. */
export async function walk(page: string, tenant?: Connection): Promise<string> {
  const child = spawn(process.execPath, [join(__dirname, 'walk.mjs'), page], {
    env: { ...cleanEnvironment(), ...connectionVariables(tenant) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [faults, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return faults + errors;
}
