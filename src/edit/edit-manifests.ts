import type { SourceRange } from '../errors.js';
import type { SourceText } from '../manifest/source-text.js';
import { addLeaf, leavesOf, type Edit, type MapEdit, type ValueEdit } from './edit.js';
import { findPlace, type Place, type Places } from './find-place.js';
import { locateEdit } from './locate-edit.js';
import type { Obstacle } from './obstacles.js';
import { OpenSource, type OpenDocument } from './open-source.js';

/** The texts of a manifest, in the order in which they are put together. */
export interface Sources {
  readonly manifests: readonly SourceText[];
  readonly overlays: readonly SourceText[];
}

export interface EditOptions {
  /** Reads a file that stands for a value, named in a text. */
  readonly readFile: (name: string, from: SourceText) => Promise<SourceText | undefined>;
  /** Where a section is put that no text has yet; without it, into the last one. */
  readonly homeOf?: (section: string) => SourceText | undefined;
}

/** What stands in the way of an edit, and in which text. */
export interface PlacedObstacle extends Obstacle {
  readonly source: SourceText;
}

export interface EditedManifests {
  /** The texts that are different now: of manifests, of overlays, and of files that stand for a value. */
  readonly texts: ReadonlyMap<SourceText, string>;
  /** Edits that were not made. */
  readonly obstacles: ReadonlyMap<Edit, PlacedObstacle>;
  /** Where what was edited stands now; of what was taken out, where it stood. */
  readonly places: ReadonlyMap<Edit, SourceRange>;
}

/**
 * Edits manifests as a person would: each value where it is stated, an overlay before what it lies over, and nothing else.
 * An edit is made whole or not at all. Writes nothing.
 */
export async function editManifests(
  { manifests, overlays }: Sources,
  edits: readonly Edit[],
  options: EditOptions,
): Promise<EditedManifests> {
  const places: Places = {
    manifests: manifests.map((source) => new OpenSource(source, 'manifest')),
    overlays: overlays.map((source) => new OpenSource(source, 'overlay')),
    contents: new Map(),
    ...options,
  };
  const obstacles = new Map<Edit, PlacedObstacle>();
  const placed: PlacedLeaf[] = [];
  for (const edit of edits) {
    for (const leaf of leavesOf(edit)) {
      for (const found of await findPlace(leaf, places)) {
        if ('obstacle' in found) obstacles.set(edit, found.obstacle);
        else placed.push({ edit, place: found });
      }
    }
  }
  const texts = editAll(placed, obstacles);
  return { texts, obstacles, places: locateAll(placed, obstacles, texts) };
}

interface PlacedLeaf {
  readonly edit: Edit;
  readonly place: Place;
}

/** Makes the edits that nothing stands in the way of; what is found to stand there meanwhile is added to the obstacles. */
function editAll(
  placed: readonly PlacedLeaf[],
  obstacles: Map<Edit, PlacedObstacle>,
): ReadonlyMap<SourceText, string> {
  for (;;) {
    const before = obstacles.size;
    const texts = new Map<SourceText, string>();
    for (const [source, leaves] of bySource(placed.filter(({ edit }) => !obstacles.has(edit)))) {
      const text = editSource(source, leaves, obstacles);
      if (text !== undefined && text !== source.source.text) texts.set(source.source, text);
    }
    if (obstacles.size === before) return texts;
  }
}

function bySource(placed: readonly PlacedLeaf[]): ReadonlyMap<OpenSource, readonly PlacedLeaf[]> {
  const sources = new Map<OpenSource, PlacedLeaf[]>();
  for (const leaf of placed) {
    const { source } = leaf.place;
    sources.set(source, [...(sources.get(source) ?? []), leaf]);
  }
  return sources;
}

function editSource(
  source: OpenSource,
  leaves: readonly PlacedLeaf[],
  obstacles: Map<Edit, PlacedObstacle>,
): string | undefined {
  const [whole] = leaves.flatMap(({ place }) => place.wholeText ?? []);
  if (whole !== undefined) return whole;
  const made = source.edited(entriesOf(source, leaves));
  for (const [edit, obstacle] of made.obstacles) obstacles.set(edit, { ...obstacle, source: source.source });
  if (made.text !== undefined || made.obstacles.size > 0) return made.text;
  // Each alone tells which of them cannot be made.
  const wrong = leaves.filter((leaf) => source.edited(entriesOf(source, [leaf])).text === undefined);
  for (const { edit } of wrong.length > 0 ? wrong : leaves) {
    obstacles.set(edit, { type: 'unusual', start: 0, end: 0, source: source.source });
  }
  return undefined;
}

function entriesOf(
  { wording }: OpenSource,
  leaves: readonly PlacedLeaf[],
): ReadonlyMap<OpenDocument, MapEdit> {
  const edits = new Map<OpenDocument, MapEdit>();
  for (const { edit, place } of leaves) {
    if (!place.document) continue;
    const entries: MapEdit = edits.get(place.document) ?? new Map<string, ValueEdit>();
    edits.set(place.document, entries);
    addLeaf(entries, place.leaf, edit, wording);
  }
  return edits;
}

function locateAll(
  placed: readonly PlacedLeaf[],
  obstacles: ReadonlyMap<Edit, PlacedObstacle>,
  texts: ReadonlyMap<SourceText, string>,
): ReadonlyMap<Edit, SourceRange> {
  const locations = new Map<Edit, SourceRange>();
  const edited = new Map<OpenSource, OpenSource>();
  for (const { edit, place } of placed) {
    if (obstacles.has(edit) || locations.has(edit)) continue;
    locations.set(edit, locateEdit(place, texts, edited));
  }
  return locations;
}
