import type { Manifest } from '../manifest/manifest.js';

/** Loading as many leaves more behind than everything else that a command makes. */
const many = 2000;

/**
 * Lets V8 take back earlier what is not needed any more, once a large manifest is loaded: otherwise it sets its limit by
 * the tree of the YAML library, which is gone by then. Costs some percent of processor time; nothing for small manifests.
 */
export async function keepHeapSmall({ desired }: Pick<Manifest, 'desired'>): Promise<void> {
  if (desired.size < many) return;
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--heap-growing-percent=40');
}
