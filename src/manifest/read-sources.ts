import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Problems } from './problems.js';
import { SourceText } from './source-text.js';
import { reasonOf } from './unreadable.js';

interface Listing {
  readonly recursive: boolean;
  /** Overlays lie beside manifests; a folder does not mean them. */
  readonly overlays: ReadonlySet<string>;
  readonly problems: Problems;
}

/** Reads the files, and those that the folders hold, each once, in the order given. */
export async function readSources(
  paths: readonly string[],
  overlays: readonly string[],
  recursive: boolean,
  problems: Problems,
): Promise<readonly SourceText[]> {
  const realOverlays = await Promise.all(overlays.map(identityOf));
  const listing = { recursive, overlays: new Set(realOverlays), problems };
  const files: string[] = [];
  for (const path of paths) files.push(...(await filesOf(path, listing)));
  return readFiles(files, problems);
}

/** Reads files in the order given; one that was named before is left out. */
export async function readFiles(
  files: readonly string[],
  problems: Problems,
): Promise<readonly SourceText[]> {
  const seen = new Set<string>();
  const sources: SourceText[] = [];
  for (const file of files) {
    const identity = await identityOf(file);
    if (seen.has(identity)) continue;
    seen.add(identity);
    const source = await readSource(file, problems);
    if (source) sources.push(source);
  }
  return sources;
}

async function readSource(file: string, problems: Problems): Promise<SourceText | undefined> {
  const name = file === '-' ? '<stdin>' : file;
  try {
    const bytes = file === '-' ? await readStandardInput() : await readFile(file);
    const text = decodeText(bytes);
    const folder = file === '-' ? process.cwd() : dirname(resolve(file));
    if (text !== undefined) return new SourceText(name, text, folder);
    problems.error('unreadable-file', `${name} is not UTF-8 text`, undefined, 'save it as UTF-8');
  } catch (error) {
    problems.error('unreadable-file', `${name} cannot be read: ${reasonOf(error)}`);
  }
  return undefined;
}

async function filesOf(path: string, listing: Listing): Promise<readonly string[]> {
  if (path === '-') return [path];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const files = await filesBelow(path, listing);
    if (files.length === 0) {
      const hint = listing.recursive ? undefined : 'look into its subfolders with --recursive';
      listing.problems.error(
        'unreadable-file',
        `the folder ${path} holds no *.yaml or *.yml`,
        undefined,
        hint,
      );
    }
    return files;
  } catch (error) {
    listing.problems.error('unreadable-file', `${path} cannot be read: ${reasonOf(error)}`);
    return [];
  }
}

/** Hidden files and folders are not meant: editors and tools keep theirs there. */
async function filesBelow(folder: string, listing: Listing): Promise<readonly string[]> {
  const items = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const files: string[] = [];
  for (const item of items.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, item.name);
    if (item.isDirectory()) {
      if (listing.recursive) files.push(...(await filesBelow(path, listing)));
    } else if (/\.ya?ml$/.test(item.name) && !listing.overlays.has(await identityOf(path))) files.push(path);
  }
  return files;
}

const identityOf = (path: string): Promise<string> =>
  path === '-' ? Promise.resolve(path) : realpath(path).catch(() => resolve(path));

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

/** The text of a file, or undefined when it is not UTF-8. A byte order mark at the start is dropped. */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
