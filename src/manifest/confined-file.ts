import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ProblemCode } from '../errors.js';
import { decodeText } from './read-sources.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';
import { reasonOf } from './unreadable.js';

export interface ConfinedFile {
  readonly text: string;
  /** Where it is, for the positions of what it holds. */
  readonly path: string;
}

/**
 * The text of a file that a manifest names.
 *
 * A manifest may come from somebody else, so it can read nothing outside its own folder, also not through a link.
 *
 * @param place where the file is named; the path is relative to the manifest that this stands in
 * @param code what a path that leads out of the folder is reported as
 * @param isNeeded whether the file must exist
 * @returns null when it does not exist and need not, undefined after a mistake
 */
export async function readConfinedFile(
  file: string,
  place: Place,
  code: ProblemCode,
  problems: Problems,
  isNeeded = true,
): Promise<ConfinedFile | null | undefined> {
  const { folder } = place.source;
  if (folder === undefined) {
    problems.error(code, 'a manifest that is not a file cannot name files', place);
    return undefined;
  }
  if (isAbsolute(file) || file.split(/[\\/]/).includes('..')) {
    const hint = 'name a file in the folder of the manifest, by a relative path without ".."';
    problems.error(code, `the file ${file} is not in the folder of the manifest`, place, hint);
    return undefined;
  }
  const planned = place.source.contents.get(resolve(folder, file));
  if (planned !== undefined) return { text: planned, path: resolve(folder, file) };
  try {
    const path = await realpath(resolve(folder, file));
    const inside = relative(await realpath(folder), path);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      const message = `the file ${file} is a link that leads out of the folder of the manifest`;
      problems.error(code, message, place, 'copy the file into the folder');
      return undefined;
    }
    const text = decodeText(await readFile(path));
    if (text !== undefined) return { text, path };
    problems.error('unreadable-file', `the file ${file} is not UTF-8 text`, place);
  } catch (error) {
    const { code: reason } = error as NodeJS.ErrnoException;
    if (reason === 'ENOENT' && !isNeeded) return null;
    problems.error('unreadable-file', `the file ${file} cannot be read: ${reasonOf(error)}`, place);
  }
  return undefined;
}
