import { assembleManifest } from './assemble-manifest.js';
import type { Manifest, ManifestOptions } from './manifest.js';
import { Problems } from './problems.js';
import { readFiles, readSources } from './read-sources.js';
import { SourceText } from './source-text.js';

/** A manifest that is at hand as text. */
export interface ManifestText {
  /** What messages call it. */
  readonly name: string;
  readonly text: string;
  /** Where the files that variables name are looked up; without it they may name none. */
  readonly folder?: string;
}

export interface TextOptions extends Omit<ManifestOptions, 'files' | 'recursive' | 'overlays'> {
  readonly overlays?: readonly ManifestText[];
}

/**
 * Reads manifests and overlays from files, and checks everything that can be checked without the tenant.
 *
 * @throws {ManifestError} with every mistake that was found, by file and position
 */
export async function loadManifest(options: ManifestOptions): Promise<Manifest> {
  const problems = new Problems();
  const { files, overlays = [], recursive = false } = options;
  const sources = await readSources(files, overlays, recursive, problems);
  const overlaySources = await readFiles(overlays, problems);
  return assembleManifest(sources, overlaySources, options, problems);
}

/** The same for texts instead of files. */
export async function parseManifest(
  texts: readonly ManifestText[],
  options: TextOptions = {},
): Promise<Manifest> {
  const { overlays = [], ...rest } = options;
  return assembleManifest(texts.map(sourceOf), overlays.map(sourceOf), rest, new Problems());
}

const sourceOf = ({ name, text, folder }: ManifestText): SourceText => new SourceText(name, text, folder);
