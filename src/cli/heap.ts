import type { ManifestSources } from '../manifest/load-manifest.js';

/** From so many characters on, a manifest leaves more behind than everything else that a command makes. */
const many = 500_000;

/**
 * Lets V8 take back earlier what is not needed any more, before a large manifest is read: otherwise it sets its limit by
 * the tree of the YAML library, which is gone when the tenant is read. Does nothing for small manifests.
 */
export async function keepHeapSmall({ manifests, overlays }: ManifestSources): Promise<void> {
  const characters = [...manifests, ...overlays].reduce((sum, { text }) => sum + text.length, 0);
  if (characters < many) return;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--heap-growing-percent=40');
}
