import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../json.js';
import { topLevelNames } from '../manifest/sections.js';

/**
 * The manifests in a folder, as `-f FOLDER` would read them, without the overlays among them. Other YAML files that lie
 * there are none.
 */
export async function manifestsIn(
  folder: string,
  overlays: readonly string[] = [],
): Promise<readonly string[]> {
  const items = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const paths = items
    .filter((item) => !item.isDirectory() && /^[^.].*\.ya?ml$/.test(item.name))
    .map(({ name }) => join(folder, name))
    .sort();
  const over = await Promise.all(overlays.map((path) => realpath(path).catch(() => path)));
  const found = await Promise.all(
    paths.map(async (path) =>
      !over.includes(await realpath(path)) && (await isManifest(path)) ? [path] : [],
    ),
  );
  return found.flat();
}

/** What cannot be read counts: its mistakes are told when it is loaded. */
async function isManifest(path: string): Promise<boolean> {
  const { yamlDocuments } = await import('../manifest/parse-yaml.js');
  const text = await readFile(path, 'utf8');
  return yamlDocuments(text).some((document) => {
    if (document.errors.length > 0) return true;
    const root: unknown = document.toJS({ maxAliasCount: -1 });
    return !isObject(root) || Object.keys(root).some((name) => topLevelNames.includes(name));
  });
}
