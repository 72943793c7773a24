import { isMap, type Document } from 'yaml';
import { canonicalJson, isObject, type Json } from '../json.js';
import { escapedJson, escapeExpressions, unescapedJson } from '../manifest/expression.js';
import { yamlDocuments } from '../manifest/parse-yaml.js';
import type { SourceText } from '../manifest/source-text.js';
import { editBlockMap } from './edit-block-map.js';
import { editFlowMap } from './edit-flow.js';
import { editObject } from './edit-json.js';
import type { Edit, MapEdit, Wording } from './edit.js';
import { Obstacles, type Obstacle } from './obstacles.js';
import { applySplices, lineSplice, type Splice } from './splice.js';
import { styleOf, type Style } from './style.js';
import { writeEntries } from './write-value.js';

/** One YAML document of a text. */
export interface OpenDocument {
  readonly source: OpenSource;
  readonly document: Document.Parsed;
  readonly obstacles: Obstacles;
}

/** Expressions mean something in manifests; what is read from other files is taken as it is. */
const wordings = {
  manifest: {
    key: escapeExpressions,
    value: (value: Json, { isText }: Edit): Json => (isText ? value : escapedJson(value)),
  },
  content: {
    key: (key: string) => key,
    value: (value: Json, { isText }: Edit): Json => (isText ? unescapedJson(value) : value),
  },
} satisfies Record<string, Wording>;

export type Role = 'manifest' | 'overlay' | 'content';

/** A text that is to be edited. */
export class OpenSource {
  readonly documents: readonly OpenDocument[];
  readonly wording: Wording;
  private readonly style: Style;

  constructor(
    readonly source: SourceText,
    readonly role: Role,
  ) {
    const hasExpressions = role !== 'content';
    const documents = yamlDocuments(source.text);
    this.wording = wordings[hasExpressions ? 'manifest' : 'content'];
    this.style = styleOf(source.text, documents);
    this.documents = documents.map((document) => ({
      source: this,
      document,
      obstacles: new Obstacles(document, hasExpressions),
    }));
  }

  /**
   * The text with edits made in its documents, by the keys at their tops.
   *
   * @returns what stands in the way; undefined in place of the text where it would not say what it should
   */
  edited(edits: ReadonlyMap<OpenDocument, MapEdit>): {
    readonly text: string | undefined;
    readonly obstacles: ReadonlyMap<Edit, Obstacle>;
  } {
    const { text } = this.source;
    const splices: Splice[] = [];
    const obstacles = new Map<Edit, Obstacle>();
    for (const [document, entries] of edits) this.editDocument(document, entries, splices, obstacles);
    if (obstacles.size > 0) return { text: undefined, obstacles };
    return {
      text: endings(text, withSplices(text, splices)).find((edited) => this.says(edited, edits)),
      obstacles,
    };
  }

  private editDocument(
    { document, obstacles }: OpenDocument,
    entries: MapEdit,
    splices: Splice[],
    found: Map<Edit, Obstacle>,
  ): void {
    const { style, wording } = this;
    const { text } = this.source;
    const editing = {
      ...{ text, style, wording, obstacles, splices },
      hasSections: this.role !== 'content',
      onObstacle: (of: Edit, obstacle: Obstacle) => found.set(of, obstacle),
    };
    const { contents } = document;
    if (isMap(contents) && contents.flow) editFlowMap(editing, contents, entries, 0);
    else if (isMap(contents)) editBlockMap(editing, contents, entries, 0);
    else {
      const lines = writeEntries(editObject({}, entries, wording), style);
      splices.push(lineSplice(text, [text.length, text.length], lines, style, 0));
    }
  }

  /** Whether a text says what this one does, but for the edits: whatever the lines look like, nothing else has changed. */
  private says(text: string, edits: ReadonlyMap<OpenDocument, MapEdit>): boolean {
    const documents = yamlDocuments(text);
    const wanted = this.documents.map((open) => {
      const written = jsonOf(open.document);
      const entries = edits.get(open);
      return entries ? editObject(isObject(written) ? written : {}, entries, this.wording) : written;
    });
    return (
      documents.length === wanted.length &&
      documents.every(
        (document, index) =>
          document.errors.length === 0 && canonicalJson(jsonOf(document)) === canonicalJson(wanted[index]),
      )
    );
  }
}

/** Where a text does not end in a line break, it still does not, unless that means something in its last value. */
function endings(text: string, edited: string | undefined): readonly string[] {
  if (edited === undefined) return [];
  const isOpen = text !== '' && !text.endsWith('\n');
  return isOpen ? [edited.replace(/\r?\n$/, ''), edited] : [edited];
}

function withSplices(text: string, splices: readonly Splice[]): string | undefined {
  try {
    return applySplices(text, splices);
  } catch {
    return undefined;
  }
}

/** A document of nothing but comments says as much as an empty map. */
const jsonOf = (document: Document.Parsed): Json =>
  (document.toJS({ maxAliasCount: -1 }) as Json | undefined) ?? {};
