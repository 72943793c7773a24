import { didYouMean } from './did-you-mean.js';
import type { LocatedEntry, LocatedMap } from './located.js';
import { parseYaml } from './parse-yaml.js';
import type { Problems } from './problems.js';
import { topLevelNames } from './sections.js';
import type { SourceText } from './source-text.js';

/** A document in two parts, because the one gives its values to the other. */
export interface SplitDocument {
  readonly variables: LocatedMap;
  readonly rest: LocatedMap;
}

export interface Documents {
  readonly files: readonly SplitDocument[];
  readonly overlays: readonly SplitDocument[];
  /** False when a part could not be read. */
  readonly isComplete: boolean;
}

/** Reads the YAML documents of all sources. */
export function readDocuments(
  sources: readonly SourceText[],
  overlaySources: readonly SourceText[],
  problems: Problems,
): Documents {
  let isComplete = !problems.hasErrors;
  const read = (source: SourceText, isOverlay: boolean): readonly SplitDocument[] => {
    const { documents, isBroken } = parseYaml(source, problems, isOverlay);
    if (isBroken) isComplete = false;
    return documents.map((document) => split(document, problems));
  };
  const files = sources.flatMap((source) => read(source, false));
  const overlays = overlaySources.flatMap((source) => read(source, true));
  return { files, overlays, isComplete };
}

/** A section that means nothing is reported and left out. */
function split(document: LocatedMap, problems: Problems): SplitDocument {
  const variables = new Map<string, LocatedEntry>();
  const rest = new Map<string, LocatedEntry>();
  for (const [name, entry] of document.entries) {
    if (name === 'variables') variables.set(name, entry);
    else if (topLevelNames.includes(name)) rest.set(name, entry);
    else {
      const hint = didYouMean(name, topLevelNames) ?? `the sections are ${topLevelNames.join(', ')}`;
      problems.error('unknown-field', `there is no section "${name}"`, entry.key, hint);
    }
  }
  return { variables: { ...document, entries: variables }, rest: { ...document, entries: rest } };
}
