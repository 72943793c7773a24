import { existsSync } from 'node:fs';
import { UsageError } from '../errors.js';
import type { ManifestSources } from '../manifest/load-manifest.js';
import type { Manifest, ManifestOptions } from '../manifest/manifest.js';
import { keepHeapSmall } from './heap.js';
import type { LogFlags, ManifestFlags } from './options.js';
import { tellProblems } from './tell.js';

export const defaultManifest = 'logto.yaml';

export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly sources: ManifestSources;
  readonly options: ManifestOptions;
}

/**
 * Loads the manifest that the flags name, and tells its warnings on standard error.
 *
 * @throws {ManifestError} with every mistake
 * @throws {UsageError} no manifest is named and there is none of the usual name
 */
export async function loadManifestFromFlags(flags: ManifestFlags & LogFlags): Promise<Manifest> {
  return (await loadSourcesFromFlags(flags)).manifest;
}

/** The same, with the texts that it was read from and what it takes to read them again. */
export async function loadSourcesFromFlags(
  flags: ManifestFlags & LogFlags,
  more: Pick<ManifestOptions, 'standIns'> = {},
): Promise<LoadedManifest> {
  const { loadWithSources } = await import('../manifest/load-manifest.js');
  const options = { ...manifestOptionsOf(flags), ...more };
  const { manifest, sources } = await loadWithSources(options, keepHeapSmall);
  tellProblems(manifest.warnings, flags, { after: '\n' });
  return { manifest, sources, options };
}

const manifestOptionsOf = (flags: ManifestFlags): ManifestOptions => ({
  files: filesOf(flags),
  ...(flags.recursive !== undefined && { recursive: flags.recursive }),
  ...(flags.overlay && { overlays: flags.overlay }),
  variables: variablesOf(flags.var ?? []),
  environment: process.env,
  ...(flags.allowEmpty !== undefined && { allowEmpty: flags.allowEmpty }),
  ...(flags.stack !== undefined && { stack: flags.stack }),
});

function filesOf({ file }: ManifestFlags): readonly string[] {
  if (file && file.length > 0) return file;
  if (existsSync(defaultManifest)) return [defaultManifest];
  throw new UsageError(
    `no manifest: there is no ${defaultManifest} in this folder`,
    'name one with -f FILE, or let `logto-iac init` write a first one',
  );
}

function variablesOf(assignments: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const equals = assignment.indexOf('=');
      if (equals > 0) return [assignment.slice(0, equals), assignment.slice(equals + 1)];
      // The text may hold a secret, so only what stands before the first space or equals sign is repeated.
      throw new UsageError('--var needs a name and a value', 'write --var name=value');
    }),
  );
}
