import type { Problem } from '../errors.js';
import type { Kind } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Resource } from './resource.js';

/** What the manifest asks for and this server does not offer, found before anything is written. */
export async function preflight(api: ReadApi, manifest: Manifest): Promise<readonly Problem[]> {
  const byKind = new Map<Kind, Resource[]>();
  for (const resource of manifest.desired.values()) {
    if (resource.external || !resource.kind.preflight) continue;
    byKind.set(resource.kind, [...(byKind.get(resource.kind) ?? []), resource]);
  }
  const found = await Promise.all(
    [...byKind].map(async ([kind, resources]) => {
      const fields = new Map(resources.map((resource) => [resource.address, resource.fields]));
      return (await kind.preflight?.(api, fields)) ?? [];
    }),
  );
  return found.flat().map(({ address, path, code, severity, message, hint }) => {
    const at = manifest.locate(address, path);
    return { code, severity, message, ...(hint !== undefined && { hint }), ...(at && { at }) };
  });
}
