import type { ManifestSources } from '../manifest/load-manifest.js';
import { yamlDocuments } from '../manifest/parse-yaml.js';
import { isObject } from '../json.js';
import { isChild } from '../kinds/identity.js';
import type { Planned } from '../reconcile.js';
import type { KnownObjects } from './describe-tenant.js';

/** What manifests know of a tenant: which object is which, as a plan finds it, and what names are taken. */
export function knownObjects({ manifest, matching }: Planned, sources: ManifestSources): KnownObjects {
  const managed = new Map<string, string>();
  const external = new Map<string, string>();
  const taken = new Map<string, Set<string>>();
  for (const { kind, address, key, external: isExternal } of manifest.desired.values()) {
    if (kind.link || kind.singleton || isChild(kind)) continue;
    const object = matching.matches.get(address)?.object;
    if (object && !isExternal) managed.set(object.id, key);
    else {
      if (object) external.set(object.id, key);
      taken.set(kind.name, (taken.get(kind.name) ?? new Set()).add(key));
    }
  }
  return { managed, external, taken, variables: variableNames(sources) };
}

/** Also the names of the environment variables that they take their values from. */
function variableNames({ manifests, overlays }: ManifestSources): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { text } of [...manifests, ...overlays]) {
    for (const document of yamlDocuments(text)) {
      const root: unknown = document.toJS({ maxAliasCount: -1 });
      const variables = isObject(root) && isObject(root.variables) ? root.variables : {};
      for (const [name, declaration] of Object.entries(variables)) {
        names.add(name);
        if (isObject(declaration) && typeof declaration.env === 'string') names.add(declaration.env);
      }
    }
  }
  return names;
}

/** The sections that manifests have already. */
export function sectionsOf({ manifests }: ManifestSources): ReadonlySet<string> {
  return new Set(
    manifests.flatMap(({ text }) =>
      yamlDocuments(text).flatMap((document) => {
        const root: unknown = document.toJS({ maxAliasCount: -1 });
        return isObject(root) ? Object.keys(root) : [];
      }),
    ),
  );
}
