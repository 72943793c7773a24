import type { Manifest } from './manifest.js';

/** A manifest of a stack that declares nothing: what `destroy` makes the tenant into. */
export const emptyManifest = (stack: string): Manifest => ({
  stack,
  desired: new Map(),
  moved: [],
  document: { stack },
  secrets: [],
  sensitivePaths: new Map(),
  secretPaths: new Map(),
  warnings: [],
  locate: () => undefined,
});
