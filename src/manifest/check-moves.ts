import { formatAddress, parentAddress, parseAddress } from '../address.js';
import { isObject, textOf } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import type { Move } from '../state/resource.js';
import { checkSchema } from './check-schema.js';
import type { Declarations } from './declared.js';
import { closest } from './did-you-mean.js';
import { isNull, placeOf, walk, type LocatedEntry, type LocatedMap } from './located.js';
import type { Problems } from './problems.js';
import { kindOfSection } from './sections.js';
import { rangeOf } from './source-text.js';

/** Reads `moved:`: the old address must be free, and the new one declared and of the same kind. */
export function readMoves(
  root: LocatedMap,
  declarations: Declarations,
  isComplete: boolean,
  problems: Problems,
): readonly Move[] {
  const section = root.entries.get('moved');
  if (!section || isNull(section.value)) return [];
  if (section.value.type !== 'list') {
    problems.error('wrong-type', 'moved must be a list', section.key, 'write - { from: …, to: … }');
    return [];
  }
  const seen = new Set<string>();
  const moves: (readonly [Move, LocatedEntry])[] = [];
  for (const item of section.value.items) {
    const entry = { key: item.place, value: item };
    const check = { subject: 'an item of moved', schema: 'move' };
    const { isValid, json } = checkSchema(entry, check, problems);
    if (!isValid) continue;
    const { from, to } = isObject(json) ? json : {};
    // However it is spelt: whoever compares addresses compares texts.
    const move = { from: canonical(textOf(from)), to: canonical(textOf(to)), source: rangeOf(item.place) };
    if (isComplete) checkMove(move, entry, declarations, problems);
    for (const side of ['from', 'to'] as const) {
      const identity = `${side} ${move[side]}`;
      if (seen.has(identity)) {
        problems.error(
          'conflict',
          `${move[side]} is moved ${side === 'from' ? 'away' : 'to'} twice`,
          placeOf(walk(entry, [side])),
        );
      }
      seen.add(identity);
    }
    moves.push([move, entry]);
  }
  for (const [move, entry] of moves) {
    if (isComplete && changesParent(move)) checkParentMoves(move, moves, entry, problems);
  }
  // A move takes along what is held, so what is moved by itself comes first.
  const inOrder = [...moves].sort(
    ([left], [right]) => Number(changesParent(right)) - Number(changesParent(left)),
  );
  return inOrder.map(([move]) => move);
}

/** Whether what another resource holds is moved into a different one. */
const changesParent = ({ from, to }: Move): boolean =>
  isChild(from) && isChild(to) && parentAddress(from) !== parentAddress(to);

const isChild = (address: string): boolean => {
  const kind = kindOfAddress(address);
  return kind !== undefined && !kind.link && parseAddress(address)?.length === 4;
};

/** Logto keeps what an object holds in that object: it goes elsewhere only in the manifest, when its parent is renamed. */
function checkParentMoves(
  { from, to }: Move,
  moves: readonly (readonly [Move, LocatedEntry])[],
  entry: LocatedEntry,
  problems: Problems,
): void {
  const [before, after] = [parentAddress(from), parentAddress(to)];
  if (moves.some(([move]) => move.from === before && move.to === after)) return;
  const what = kindOfAddress(from)?.singular ?? '';
  problems.error(
    'wrong-value',
    `${from} cannot be moved to ${after}: Logto cannot move a ${what} into another object`,
    placeOf(walk(entry, ['to'])),
    `take this move out, and ${to} is created anew and the old one deleted; where ${before} itself was renamed, add { from: ${before}, to: ${after} }`,
  );
}

function checkMove(
  { from, to }: Move,
  entry: LocatedEntry,
  declarations: Declarations,
  problems: Problems,
): void {
  const place = (side: 'from' | 'to') => placeOf(walk(entry, [side]));
  const [kindOfFrom, kindOfTo] = [kindOfAddress(from), kindOfAddress(to)];
  if (!kindOfFrom)
    problems.error('wrong-value', `${from} is no address of a resource`, place('from'), addressHint);
  if (!kindOfTo) problems.error('wrong-value', `${to} is no address of a resource`, place('to'), addressHint);
  if (declarations.has(from)) {
    const hint = 'take this move out, or rename the resource';
    problems.error(
      'conflict',
      `${from} is still declared, so it cannot have been moved away`,
      place('from'),
      hint,
    );
  }
  if (kindOfTo && !declarations.has(to)) {
    const meant = closestAddress(to, declarations);
    const hint = meant === undefined ? `declare ${to}` : `did you mean "${meant}"?`;
    problems.error(
      'unknown-reference',
      `${to} is not declared, so nothing can be moved to it`,
      place('to'),
      hint,
    );
  }
  if (kindOfFrom && kindOfTo && kindOfFrom !== kindOfTo) {
    const message = `${from} is one of ${kindOfFrom.name} and ${to} one of ${kindOfTo.name}: a move keeps the kind`;
    problems.error('wrong-value', message, place('to'));
  }
}

const addressHint = 'write section.key, such as applications.worker';

/** The section is rarely what is misspelt, and much of an address: only the keys are compared. */
function closestAddress(address: string, declarations: Declarations): string | undefined {
  const segments = parseAddress(address) ?? [];
  const holder = formatAddress(segments.slice(0, -1));
  const siblings = [...declarations.keys()].filter((other) => holderOf(other) === holder);
  const key = closest(
    segments.at(-1) ?? '',
    siblings.map((other) => parseAddress(other)?.at(-1) ?? ''),
  );
  return key === undefined ? undefined : formatAddress([...segments.slice(0, -1), key]);
}

const holderOf = (address: string): string => formatAddress((parseAddress(address) ?? []).slice(0, -1));

/** `applications["web"]` → `applications.web`; what is no address stays as it is. */
function canonical(text: string): string {
  const segments = parseAddress(text);
  return segments ? formatAddress(segments) : text;
}

function kindOfAddress(address: string): Kind | undefined {
  const segments = parseAddress(address) ?? [];
  const [section = '', , childSection = ''] = segments;
  const kind = kindOfSection(section);
  if (kind?.link) return segments.length === 1 + kind.key.length ? kind : undefined;
  if (segments.length === 2) return kind?.singleton ? undefined : kind;
  const children = kind?.children ?? {};
  return segments.length === 4 && Object.hasOwn(children, childSection) ? children[childSection] : undefined;
}
