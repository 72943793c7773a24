import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UsageError } from '../errors.js';
import { reasonOf } from '../manifest/unreadable.js';

/** The files of a folder, by the request whose answer they hold: path below `/api/` → files, page by page. */
export type AnswerFiles = ReadonlyMap<string, readonly string[]>;

/**
 * Looks which requests the files below a folder answer. The path of a file is that of its request: `roles.json` and
 * `api/roles.json` are `GET /api/roles`, `roles/abc/scopes.json` is `GET /api/roles/abc/scopes`. A query in the name
 * counts for nothing, and pages are put together: `roles.1.json`, `roles.page-2.json`.
 *
 * @throws {UsageError} the folder cannot be read
 */
export async function findAnswerFiles(folder: string): Promise<AnswerFiles> {
  const files = new Map<string, { readonly file: string; readonly page: number }[]>();
  for (const file of await jsonFilesBelow(folder)) {
    const { request, page } = requestOf(file);
    files.set(request, [...(files.get(request) ?? []), { file, page }]);
  }
  return new Map(
    [...files].map(([request, pages]) => [
      request,
      pages.sort((left, right) => left.page - right.page).map(({ file }) => file),
    ]),
  );
}

/** In the order of their names; hidden ones are not meant. */
async function jsonFilesBelow(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
      .filter((segments) => !segments.some((segment) => segment.startsWith('.')))
      .map((segments) => segments.join('/'))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'there is no such folder'
        : code === 'ENOTDIR'
          ? 'it is no folder'
          : reasonOf(error);
    throw new UsageError(`--from ${folder} cannot be read: ${reason}`);
  }
}

/** `api/roles?page=2.json` → `roles`. */
function requestOf(file: string): { readonly request: string; readonly page: number } {
  const path = file
    .replace(/\.json$/, '')
    .replace(/\?[^/]*$/, '')
    .replace(/^api\//, '');
  const [, name = path, page = ''] = /^(.+)\.(?:page-?)?(\d+)$/.exec(path) ?? [];
  return { request: name.split('/').map(decoded).join('/'), page: Number(page) };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
