import type { SourceRange } from '../errors.js';
import { SourceText } from '../manifest/source-text.js';
import type { Place } from './find-place.js';
import { findStatement } from './find-statement.js';
import { OpenSource, type OpenDocument } from './open-source.js';
import { asNode } from './yaml-nodes.js';

/**
 * Where the value of an edit stands once the edits are made; where it stood, if it was taken out.
 *
 * @param opened edited texts that were opened already; filled in
 */
export function locateEdit(
  { source, document, leaf }: Place,
  texts: ReadonlyMap<SourceText, string>,
  opened: Map<OpenSource, OpenSource>,
): SourceRange {
  const { name, folder } = source.source;
  const text = texts.get(source.source);
  if (!document || text === undefined) return keyIn(document, leaf.path) ?? source.source.rangeOf(0, 0);
  const edited = opened.get(source) ?? new OpenSource(new SourceText(name, text, folder), source.role);
  opened.set(source, edited);
  const after = edited.documents[source.documents.indexOf(document)];
  const isThere = leaf.after !== undefined;
  return (
    (isThere ? keyIn(after, leaf.path) : undefined) ??
    keyIn(document, leaf.path) ??
    source.source.rangeOf(0, 0)
  );
}

function keyIn(open: OpenDocument | undefined, path: readonly string[]): SourceRange | undefined {
  if (!open) return undefined;
  const { pair } = findStatement(path, {
    document: open.document,
    obstacles: open.obstacles,
    writtenKey: open.source.wording.key,
    isContent: () => false,
  });
  const range = asNode(pair?.key)?.range;
  return range ? open.source.source.rangeOf(range[0], range[1]) : undefined;
}
