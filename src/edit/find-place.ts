import { resolve } from 'node:path';
import { isScalar, isSeq, visit } from 'yaml';
import { isList, type Json } from '../json.js';
import { fieldAtPlace } from '../kinds/field-at.js';
import { kindOfSection, levelOf } from '../manifest/sections.js';
import type { SourceText } from '../manifest/source-text.js';
import type { EditOptions, PlacedObstacle } from './edit-manifests.js';
import { leavesOf, type Edit } from './edit.js';
import { findStatement, type Way } from './find-statement.js';
import { at, type Obstacle } from './obstacles.js';
import { OpenSource, type OpenDocument } from './open-source.js';
import { asNode, keyOf } from './yaml-nodes.js';

export interface Places extends EditOptions {
  readonly manifests: readonly OpenSource[];
  readonly overlays: readonly OpenSource[];
  /** Files that stand for values, by where they are; opened as they are needed. */
  readonly contents: Map<string, OpenSource>;
}

/** Where the edit of a single value is made. */
export interface Place {
  readonly source: OpenSource;
  /** Absent where the value is a whole file of text. */
  readonly document?: OpenDocument;
  /** The edit, with its path from the top of that document. */
  readonly leaf: Pick<Edit, 'path' | 'before' | 'after'>;
  readonly wholeText?: string;
}

export type FoundPlace = Place | { readonly obstacle: PlacedObstacle };

interface Candidate {
  readonly document: OpenDocument;
  readonly way: Way;
}

/**
 * Where the edit of a single value is made: where the value is stated, in the last overlay that does; else in what holds
 * it, as deep as that goes. More than one place only for a list that several texts make together.
 */
export async function findPlace(leaf: Edit, places: Places): Promise<readonly FoundPlace[]> {
  const overlaid = follow(leaf, places.overlays).toReversed();
  const below = follow(leaf, places.manifests);
  const stated = [...overlaid, ...below].filter(({ way }) => way.end !== 'open');
  const [first] = stated;
  if (!first) return leaf.after === undefined ? [] : [openPlace(leaf, overlaid, below, places)];
  if (isJoined(leaf) && !overlaid.includes(first) && isList(leaf.after))
    return joinedPlaces(leaf, stated, leaf.after);
  const { way, document } = first;
  if (way.obstacle) return [blocked(document, way.obstacle)];
  if (way.end === 'closed') return [blocked(document, at(asNode(way.pair?.value), { type: 'unusual' }))];
  if (way.file) return [await inFile(leaf, first, way.file, places)];
  if (leaf.after !== undefined || stated.length === 1) return [placeIn(document, leaf)];
  // What is taken out of an overlay lets through what lies below.
  return leaf.isDeletion
    ? [placeIn(document, { ...leaf, after: null })]
    : [blocked(document, at(asNode(way.pair?.key), { type: 'unusual' }))];
}

/** A list section, which several texts make together. */
const isJoined = ({ path: [section = '', ...rest], before }: Edit): boolean =>
  rest.length === 0 && isList(before) && kindOfSection(section)?.link !== undefined;

function follow({ path }: Edit, sources: readonly OpenSource[]): readonly Candidate[] {
  return sources
    .flatMap(({ documents }) => documents)
    .map((document) => ({
      document,
      way: findStatement(path, {
        document: document.document,
        obstacles: document.obstacles,
        writtenKey: document.source.wording.key,
        isContent,
      }),
    }));
}

function isContent(path: readonly string[]): boolean {
  const field = fieldAtPlace(path);
  return (field?.type === 'text' || field?.type === 'json') && field.content !== undefined;
}

const placeIn = (document: OpenDocument, leaf: Place['leaf']): Place => ({
  source: document.source,
  document,
  leaf,
});

const blocked = ({ source }: OpenDocument, obstacle: Obstacle): FoundPlace => ({
  obstacle: { ...obstacle, source: source.source },
});

/** Where nothing states the value: in the map that is nearest to it, rather of a manifest than of an overlay. */
function openPlace(
  leaf: Edit,
  overlaid: readonly Candidate[],
  below: readonly Candidate[],
  { homeOf, manifests }: Places,
): FoundPlace {
  // An overlay says nothing of its own, unless it has the resource.
  const overlays = overlaid.filter(({ way }) =>
    ['entry', 'inside'].includes(way.depth === 0 ? '' : levelOf(leaf.path.slice(0, way.depth))),
  );
  const deepest = [...overlays, ...below].reduce<Candidate | undefined>(
    (best, candidate) => (best && best.way.depth > candidate.way.depth ? best : candidate),
    undefined,
  );
  const home = deepest?.way.depth === 0 ? homeOf?.(leaf.path[0] ?? '') : undefined;
  const document = manifests.find(({ source }) => source === home)?.documents.at(-1) ?? deepest?.document;
  if (!document) throw new Error('there is no manifest to edit');
  const obstacle = deepest?.document === document ? deepest.way.obstacle : undefined;
  return obstacle ? blocked(document, obstacle) : placeIn(document, leaf);
}

/** A list of which each text has a part: what goes is taken out where it is. */
function joinedPlaces(
  leaf: Edit,
  stated: readonly Candidate[],
  after: readonly Json[],
): readonly FoundPlace[] {
  const kept = new Set(after.map((item) => JSON.stringify(item)));
  let begin = 0;
  const before = isList(leaf.before) ? leaf.before : [];
  return stated.flatMap(({ document, way }): readonly FoundPlace[] => {
    const node = asNode(way.pair?.value);
    const length = isSeq(node) ? node.items.length : 0;
    const part = before.slice(begin, begin + length);
    begin += length;
    if (way.obstacle) return [blocked(document, way.obstacle)];
    const left = part.filter((item) => kept.has(JSON.stringify(item)));
    const edit = { ...leaf, before: part, after: left };
    return leavesOf(edit).length === 0 ? [] : [placeIn(document, edit)];
  });
}

/** In a file that stands for the value, or for what holds it. */
async function inFile(
  leaf: Edit,
  { document, way }: Candidate,
  { depth, name: node }: NonNullable<Way['file']>,
  places: Places,
): Promise<FoundPlace> {
  const from = document.source.source;
  const name = isScalar(node) && typeof node.value === 'string' ? node.value : '';
  const isWhole = leaf.path.length === depth;
  // What becomes nothing is said so in the manifest.
  if (isWhole && typeof leaf.after !== 'string') return placeIn(document, leaf);
  const identity = resolve(from.folder ?? '', name);
  if (timesNamed(identity, places) > 1) return blocked(document, at(node, { type: 'shared-file', name }));
  const source = await openContent(identity, name, from, places);
  if (!source) return blocked(document, at(node, { type: 'unreadable-file', name }));
  if (isWhole) {
    const wholeText = typeof leaf.after === 'string' ? leaf.after : '';
    return { source, leaf, wholeText };
  }
  const [content] = source.documents;
  const inside = { ...leaf, path: leaf.path.slice(depth) };
  if (!content) return blocked(document, at(node, { type: 'unreadable-file', name }));
  const { obstacle, end } = findStatement(inside.path, {
    document: content.document,
    obstacles: content.obstacles,
    writtenKey: (key) => key,
    isContent: () => false,
  });
  if (obstacle) return blocked(content, obstacle);
  return end === 'closed'
    ? blocked(content, at(asNode(way.pair?.value), { type: 'unusual' }))
    : placeIn(content, inside);
}

async function openContent(
  identity: string,
  name: string,
  from: SourceText,
  { contents, readFile }: Places,
): Promise<OpenSource | undefined> {
  const opened = contents.get(identity);
  if (opened) return opened;
  const file = await readFile(name, from);
  const source = file && new OpenSource(file, 'content');
  if (source) contents.set(identity, source);
  return source;
}

/** How often a file is named: who changes it would change all these values. */
function timesNamed(identity: string, { manifests, overlays }: Places): number {
  let times = 0;
  for (const { source, documents } of [...manifests, ...overlays]) {
    for (const { document } of documents) {
      visit(document, {
        Pair: (_, pair) => {
          const { value } = pair;
          const isName = keyOf(pair) === 'file' && isScalar(value) && typeof value.value === 'string';
          if (isName && resolve(source.folder ?? '', String(value.value)) === identity) times += 1;
        },
      });
    }
  }
  return times;
}
