import type { ManifestSources } from '../manifest/load-manifest.js';

/**
 * Lets V8 take back earlier what is not needed any more: it leaves a process as much again as it holds, and what is read
 * and written by the ten thousand leaves most of it behind. For a process that holds little it changes nothing.
 */
export async function growHeapSlowly(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--heap-growing-percent=40');
}

/** From so many characters on, a manifest leaves more behind than everything else that a command makes. */
const many = 500_000;

/**
 * The same before a large manifest is read: otherwise V8 sets its limit by the tree of the YAML library, which is gone
 * when the tenant is read. Does nothing for small manifests.
 */
export async function keepHeapSmall({ manifests, overlays }: ManifestSources): Promise<void> {
  const characters = [...manifests, ...overlays].reduce((sum, { text }) => sum + text.length, 0);
  if (characters >= many) await growHeapSlowly();
}
