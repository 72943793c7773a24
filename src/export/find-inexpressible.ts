import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { ManifestError } from '../errors.js';
import { escapeExpressions } from '../manifest/expression.js';
import { parseManifest } from '../manifest/load-manifest.js';
import type { Manifest } from '../manifest/manifest.js';
import type { ExportedResource, ExportedTenant } from './exported.js';
import { manifestFiles } from './write-manifest.js';

/** Whether an exported manifest would be taken; otherwise the objects that no manifest can state, id → why. */
export type Trial =
  | { readonly manifest: Manifest; readonly inexpressible?: undefined }
  | { readonly inexpressible: ReadonlyMap<string, string> };

/**
 * Reads an exported manifest as any other. Logto may hold what it would not take any more, or what a newer version has
 * made: such objects are named, so that they can be left out.
 *
 * @throws {ManifestError} a mistake that belongs to no object
 */
export async function tryManifest(tenant: ExportedTenant): Promise<Trial> {
  const text = manifestFiles(tenant, 'single').get('logto.yaml') ?? '';
  const variables = Object.fromEntries(tenant.secrets.map(({ name, value }) => [name, value]));
  try {
    const options = { variables, environment: {}, allowEmpty: true };
    return { manifest: await parseManifest([{ name: 'logto.yaml', text }], options) };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    const resourceAt = resourcesByLine(text, tenant.resources);
    const inexpressible = new Map<string, string>();
    for (const { at, message, severity } of error.problems) {
      const resource = severity === 'error' && at ? resourceAt(at.line) : undefined;
      if (resource && !inexpressible.has(resource.object.id)) inexpressible.set(resource.object.id, message);
    }
    if (inexpressible.size === 0) throw error;
    return { inexpressible };
  }
}

/** Which resource a line of the text belongs to. */
function resourcesByLine(
  text: string,
  resources: readonly ExportedResource[],
): (line: number) => ExportedResource | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const begins = resources
    .map((resource) => ({ resource, line: lineOf(document, resource.path.map(escapeExpressions), lines) }))
    .sort((left, right) => left.line - right.line);
  return (line) => {
    let [low, high] = [0, begins.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((begins[middle]?.line ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return begins[low]?.resource;
  };
}

function lineOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly string[],
  lines: LineCounter,
): number {
  const holder: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(holder)
    ? holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  const key = pair?.key;
  return isScalar(key) && key.range ? lines.linePos(key.range[0]).line : 0;
}
