import { join, resolve } from 'node:path';
import type { Wanted } from '../accept/edit-and-check.js';
import type { ManifestSources } from '../manifest/load-manifest.js';
import { SourceText } from '../manifest/source-text.js';
import type { Layout } from './write-manifest.js';
import { fileOfSection, newManifestText } from './write-manifest.js';

interface Homes {
  readonly sources: ManifestSources;
  /** Where a section is put that no manifest has yet. */
  readonly homeOf: (section: string) => SourceText | undefined;
}

/** Shared by all: they stand in the main file of an export. */
const shared: ReadonlySet<string> = new Set(['variables', 'external']);

/**
 * Where new sections go: into the one manifest that there is, or each into a file of its own where there are several, or
 * where somebody wants that.
 */
export function newSources(
  folder: string,
  layout: Layout | undefined,
  { manifests, overlays }: ManifestSources,
  existing: ReadonlySet<string>,
  wanted: readonly Wanted[],
): Homes {
  const isApart = (layout ?? (manifests.length > 1 ? 'by-kind' : 'single')) === 'by-kind';
  const main = manifests.find(({ name }) => /(^|[\\/])logto\.ya?ml$/.test(name)) ?? manifests[0];
  const sections = new Set(wanted.map(({ edit }) => edit.path[0] ?? ''));
  const missing = [...sections].filter((section) => !existing.has(section) && !shared.has(section));
  const made = new Map(
    isApart ? missing.map((section) => [section, emptyFile(folder, section, manifests, main)] as const) : [],
  );
  const added = [...made.values()].filter((source) => !manifests.includes(source));
  return {
    sources: { manifests: [...manifests, ...added], overlays },
    homeOf: (section) => made.get(section) ?? main,
  };
}

/** A file that is there already is used, whatever it holds. */
function emptyFile(
  folder: string,
  section: string,
  manifests: readonly SourceText[],
  main: SourceText | undefined,
): SourceText {
  const name = join(folder, fileOfSection(section));
  const there = manifests.find((source) => source.name === name);
  return there ?? new SourceText(name, newManifestText(section, main?.text ?? ''), resolve(folder));
}
