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
  return (await loadWithSources(options)).manifest;
}

/** The texts of a manifest, in the order in which they are put together. */
export interface ManifestSources {
  readonly manifests: readonly SourceText[];
  readonly overlays: readonly SourceText[];
}

/**
 * The same, with the texts that it was read from.
 *
 * @param onRead is given the texts before anything is made of them
 */
export async function loadWithSources(
  options: ManifestOptions,
  onRead: (sources: ManifestSources) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly manifest: Manifest; readonly sources: ManifestSources }> {
  const problems = new Problems();
  const { files, overlays: overlayFiles = [], recursive = false } = options;
  const manifests = await readSources(files, overlayFiles, recursive, problems);
  const overlays = await readFiles(overlayFiles, problems);
  const sources = { manifests, overlays };
  await onRead(sources);
  return { manifest: await assembleManifest(manifests, overlays, options, problems), sources };
}

/** Reads texts that are at hand, such as those of a manifest after an edit. */
export const loadFromSources = (
  { manifests, overlays }: ManifestSources,
  options: Omit<ManifestOptions, 'files' | 'overlays'>,
): Promise<Manifest> => assembleManifest(manifests, overlays, options, new Problems());

/** The same for texts instead of files. */
export async function parseManifest(
  texts: readonly ManifestText[],
  options: TextOptions = {},
): Promise<Manifest> {
  const { overlays = [], ...rest } = options;
  return assembleManifest(texts.map(sourceOf), overlays.map(sourceOf), rest, new Problems());
}

const sourceOf = ({ name, text, folder }: ManifestText): SourceText => new SourceText(name, text, folder);
