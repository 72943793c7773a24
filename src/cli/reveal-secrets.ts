import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { environmentWithValues } from '../export/environment-files.js';
import type { SecretVariable } from '../export/secret-variables.js';
import { refuseUnwritable } from './outputs.js';
import { writeWholeFile } from './write-file.js';

export interface RevealFlags {
  /** The file that gets the values. */
  readonly revealSecrets?: string;
  readonly out?: string;
}

/** @throws {UsageError} the file cannot be written: found out before the tenant is asked */
export async function refuseUnrevealable(flags: RevealFlags): Promise<void> {
  const { revealSecrets: path } = flags;
  if (path !== undefined && !isInNewFolder(flags)) await refuseUnwritable(path);
}

/**
 * Writes the values of secrets where that was asked for. Comes before the manifests: an export over manifests that name
 * the secrets already reveals them no more.
 *
 * @param reason why there may be none
 * @throws {UsageError} the file cannot be written
 */
export async function revealSecrets(
  flags: RevealFlags,
  secrets: readonly SecretVariable[],
  say: (line: string) => void,
  reason = '',
): Promise<void> {
  const { revealSecrets: path } = flags;
  if (path === undefined) return;
  if (secrets.length === 0) {
    say(`There is no secret to reveal${reason}; ${path} is not written.`);
    return;
  }
  if (isInNewFolder(flags)) await mkdir(dirname(path), { recursive: true });
  await writeWholeFile(path, environmentWithValues(secrets), { mode: 0o600 });
}

/** Whether it lies directly in the folder that the export is about to make. */
const isInNewFolder = ({ revealSecrets: path, out }: RevealFlags): boolean =>
  path !== undefined && out !== undefined && resolve(dirname(path)) === resolve(out) && !existsSync(out);
