import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { decodeText } from './read-sources.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';
import { reasonOf } from './unreadable.js';

/**
 * The text of a file that a variable names, without the line break at its end.
 *
 * A manifest may come from somebody else, so it can read nothing outside its own folder, also not through a link.
 *
 * @param isNeeded whether the file must exist
 * @returns null when it does not exist and need not, undefined after a mistake
 */
export async function readVariableFile(
  file: string,
  place: Place,
  isNeeded: boolean,
  problems: Problems,
): Promise<string | null | undefined> {
  const { folder } = place.source;
  if (folder === undefined) {
    problems.error('wrong-variable', 'a manifest that is not a file cannot name files', place);
    return undefined;
  }
  if (isAbsolute(file) || file.split(/[\\/]/).includes('..')) {
    const hint = 'name a file in the folder of the manifest, by a relative path without ".."';
    problems.error('wrong-variable', `the file ${file} is not in the folder of the manifest`, place, hint);
    return undefined;
  }
  try {
    const path = await realpath(resolve(folder, file));
    const inside = relative(await realpath(folder), path);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      const message = `the file ${file} is a link that leads out of the folder of the manifest`;
      problems.error('wrong-variable', message, place, 'copy the file into the folder');
      return undefined;
    }
    const text = decodeText(await readFile(path));
    if (text === undefined) problems.error('unreadable-file', `the file ${file} is not UTF-8 text`, place);
    // As a shell does it for $(cat file): editors end a file with a line break, and a secret or a URL has none.
    return text?.replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !isNeeded) return null;
    problems.error('unreadable-file', `the file ${file} cannot be read: ${reasonOf(error)}`, place);
    return undefined;
  }
}
