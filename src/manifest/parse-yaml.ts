import { parseAllDocuments, parseDocument, type Document, type Tags } from 'yaml';
import { convertDocument } from './convert-yaml.js';
import { emptyMap, type LocatedMap } from './located.js';
import type { Problems } from './problems.js';
import type { SourceText } from './source-text.js';
import { reportSyntax } from './yaml-syntax.js';

export interface ParsedSource {
  /** One for each YAML document that the source holds; one that cannot be read is left out. */
  readonly documents: readonly LocatedMap[];
  /** True when a part could not be read, so that what seems to be missing may be in there. */
  readonly isBroken: boolean;
}

// The parser only keeps the tag; what it means is decided where the tree is converted.
const removeTags: Tags = [
  { tag: '!remove', resolve: (text: string) => text },
  { tag: '!remove', collection: 'map', resolve: (map) => map },
  { tag: '!remove', collection: 'seq', resolve: (list) => list },
];

/**
 * What begins with a letter is a text, but for three words. Most values do, and the library would try the patterns of
 * numbers, truth values and nothing on each of them.
 */
const plainText: Tags[number] = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^(?!(?:null|true|false)$)[a-z/]/i,
  resolve: (text: string) => text,
};

/** Reads the YAML documents of a source. Only an overlay may use the tag `!remove`. */
export function parseYaml(source: SourceText, problems: Problems, isOverlay: boolean): ParsedSource {
  const documents: LocatedMap[] = [];
  let isBroken = false;
  for (const document of parse(source, problems)) {
    const root = document && readDocument(document, source, problems, isOverlay);
    if (root) documents.push(root);
    else isBroken = true;
  }
  return { documents, isBroken };
}

function parse(source: SourceText, problems: Problems): readonly (Document.Parsed | undefined)[] {
  try {
    return parseDocuments(source.text, false);
  } catch (error) {
    // The parser is recursive: some thousand opening brackets end its stack.
    if (!(error instanceof RangeError)) throw error;
    problems.error('yaml-syntax', 'this file is nested too deeply', source.rangeOf(0, 0));
    return [undefined];
  }
}

/**
 * The YAML documents of a text that has been read before, with what it takes to edit them; one where there is nothing but
 * comments.
 */
export function yamlDocuments(text: string): readonly Document.Parsed[] {
  const documents = parseDocuments(text, true);
  return documents.length > 0 ? documents : [parseDocument(text, optionsOf(true))];
}

const parseDocuments = (text: string, keepSourceTokens: boolean): readonly Document.Parsed[] => [
  ...parseAllDocuments(text, optionsOf(keepSourceTokens)),
];

// The core schema of YAML 1.2: a date is a text and `yes` is no boolean, whatever a %YAML line says. Duplicate keys are
// looked for while converting, because the library compares every key of a map with every other.
const optionsOf = (keepSourceTokens: boolean) =>
  ({
    schema: 'core',
    version: '1.2',
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    resolveKnownTags: false,
    logLevel: 'silent',
    customTags: (tags: Tags) => [plainText, ...tags, ...removeTags],
    keepSourceTokens,
  }) as const;

function readDocument(
  document: Document.Parsed,
  source: SourceText,
  problems: Problems,
  isOverlay: boolean,
): LocatedMap | undefined {
  reportSyntax(document.errors, source, problems);
  if (document.errors.length > 0) return undefined;
  const root = convertDocument(document, source, problems, isOverlay);
  if (!root) return undefined;
  if (root.type === 'map') return root;
  if (root.type === 'scalar' && root.value === null) return emptyMap(root.place);
  problems.error(
    'wrong-type',
    'a manifest is a map of sections, not a single value or a list',
    root.place,
    'write sections such as applications: and below them one key for each application',
  );
  return undefined;
}
