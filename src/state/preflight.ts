import type { Problem } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import type { Finding, Kind, TenantLists, TenantView } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Manifest } from '../manifest/manifest.js';

/** What the manifest asks for and this server does not offer, or this tenant cannot hold, before anything is written. */
export async function preflight(
  api: ReadApi,
  manifest: Manifest,
  view: TenantView,
): Promise<readonly Problem[]> {
  const found = await Promise.all(
    [...resourcesByKind(manifest)].map(async ([kind, resources]) => [
      ...((await kind.preflight?.(api, resources)) ?? []),
      ...(kind.checkTenant?.(resources, view) ?? []),
    ]),
  );
  return found.flat().map((finding) => asProblem(finding, manifest));
}

function asProblem(
  { address, path, code, severity, message, hint }: Finding & { readonly address: string },
  manifest: Manifest,
): Problem {
  const at = manifest.locate(address, path);
  return { code, severity, message, ...(hint !== undefined && { hint }), ...(at && { at }) };
}

/** What the server says of the sorts of objects that the manifest or the tenant has of a kind. */
export async function readCatalogues(
  api: ReadApi,
  manifest: Manifest,
  lists: TenantLists,
): Promise<ReadonlyMap<string, Json>> {
  const declared = resourcesByKind(manifest);
  const withCatalogue = kinds.filter(({ name, catalogue }) => catalogue && lists.has(name));
  const read = await Promise.all(
    withCatalogue.map(async (kind) => {
      const resources = [...(declared.get(kind)?.values() ?? [])];
      const catalogue = await kind.catalogue?.(api, resources, lists.get(kind.name) ?? []);
      return [kind.name, catalogue ?? {}] as const;
    }),
  );
  return new Map(read);
}

/** The stated fields of what is managed, by address. */
function resourcesByKind({ desired }: Manifest): ReadonlyMap<Kind, ReadonlyMap<string, JsonObject>> {
  const byKind = new Map<Kind, Map<string, JsonObject>>();
  for (const { kind, address, fields, external } of desired.values()) {
    if (external) continue;
    byKind.set(kind, (byKind.get(kind) ?? new Map<string, JsonObject>()).set(address, fields));
  }
  return byKind;
}
