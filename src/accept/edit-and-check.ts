import { basename, dirname, join, resolve } from 'node:path';
import { editManifests, type EditedManifests, type EditOptions } from '../edit/edit-manifests.js';
import type { Edit } from '../edit/edit.js';
import { ManifestError, RefusedError, type Problem } from '../errors.js';
import { readConfinedFile } from '../manifest/confined-file.js';
import { loadFromSources, type ManifestSources } from '../manifest/load-manifest.js';
import type { Manifest, ManifestOptions } from '../manifest/manifest.js';
import { Problems } from '../manifest/problems.js';
import { SourceText } from '../manifest/source-text.js';
import { startsWith } from '../plan/compare.js';
import type { Change, Plan } from '../plan/plan.js';
import type { Planned } from '../reconcile.js';
import { findByTrial } from './find-by-trial.js';
import type { Left } from './left.js';
import { refuseDependent } from './refuse-dependent.js';
import { fieldName, isBlockedBy, wouldNotDo } from './why-not.js';

/** Something of the tenant that manifests shall state. */
export interface Wanted {
  readonly address: string;
  /** The field; empty for a whole resource. */
  readonly path: readonly string[];
  readonly edit: Edit;
  /** As a plan shows what differs. */
  readonly change?: Change;
  /** It is wanted only together with what is wanted at these addresses. */
  readonly with?: readonly string[];
}

/** Manifests as they shall be, read and planned as any are before anything is written. */
export interface Checked {
  readonly edited: EditedManifests;
  readonly made: readonly Wanted[];
  readonly left: readonly Left[];
  /** As read from the edited texts; undefined where nothing was edited. */
  readonly planned: Planned | undefined;
}

export interface CheckOptions {
  readonly manifest: Manifest;
  readonly sources: ManifestSources;
  readonly loadOptions: ManifestOptions;
  readonly planAgain: (manifest: Manifest) => Promise<Planned>;
  /** The plan of the manifests as they are: what it changes may stay so. */
  readonly before: Plan;
  readonly homeOf?: EditOptions['homeOf'];
  /** Edits that go with what is wanted: the variables that it names. */
  readonly companions?: (wanted: readonly Wanted[]) => readonly Edit[];
  /** Texts of new files that edits name, by absolute path. */
  readonly contents?: ReadonlyMap<string, string>;
}

/**
 * Edits manifests in memory, reads and plans them, and leaves out what would not be valid or would still differ, until
 * the rest is right.
 *
 * @throws {RefusedError} the manifests would not be right, and it cannot be told because of which edit
 */
export async function editAndCheck(wanted: readonly Wanted[], options: CheckOptions): Promise<Checked> {
  try {
    return await checkAll(wanted, options, new Map());
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const wrong = await findByTrial(wanted, options, (tried) => checkAll(tried, options, new Map()));
    return checkAll(wanted, options, new Map(wrong));
  }
}

/**
 * @param refused edits that are not made, and why; filled in
 * @throws {RefusedError} the manifests would not be right, and no problem tells by its place because of which edit
 */
async function checkAll(
  wanted: readonly Wanted[],
  options: CheckOptions,
  refused: Map<Wanted, Problem>,
): Promise<Checked> {
  for (;;) {
    const before = refused.size;
    refuseDependent(wanted, refused, options.manifest);
    const left = wanted.filter((one) => !refused.has(one));
    const companions = options.companions?.(left) ?? [];
    const edits = [...companions, ...left.map(({ edit }) => edit)];
    const editOptions = { readFile, ...(options.homeOf && { homeOf: options.homeOf }) };
    const edited = await editManifests(options.sources, edits, editOptions);
    refuseBlocked(companions, edited, options);
    for (const one of left) {
      const obstacle = edited.obstacles.get(one.edit);
      if (!obstacle) continue;
      refused.set(one, isBlockedBy(obstacle, fieldName(one.address, one.path), one.change, options.manifest));
    }
    if (refused.size > before) continue;
    const result = { edited, made: left, left: leftOf(refused) };
    if (edited.texts.size === 0) return { ...result, planned: undefined };
    const planned = await tryPlan(edited, left, refused, options);
    if (planned) return { ...result, planned };
  }
}

const leftOf = (refused: ReadonlyMap<Wanted, Problem>): readonly Left[] =>
  [...refused].map(([{ address, path }, problem]) => ({ address, path, problem }));

/** @throws {RefusedError} what everything else needs cannot be stated */
function refuseBlocked(
  companions: readonly Edit[],
  edited: EditedManifests,
  { manifest }: CheckOptions,
): void {
  const problems = companions.flatMap((edit) => {
    const obstacle = edited.obstacles.get(edit);
    return obstacle ? [isBlockedBy(obstacle, edit.path.join('.'), undefined, manifest)] : [];
  });
  if (problems.length > 0) throw new RefusedError('the manifests cannot be edited', problems);
}

/** The plan of the edited manifests; undefined where some of the edits are refused because of it. */
async function tryPlan(
  edited: EditedManifests,
  left: readonly Wanted[],
  refused: Map<Wanted, Problem>,
  options: CheckOptions,
): Promise<Planned | undefined> {
  const refuse = (one: Wanted, why: string, hint?: string): void => {
    const at = edited.places.get(one.edit);
    refused.set(one, wouldNotDo(options.manifest, at, fieldName(one.address, one.path), why, hint));
  };
  try {
    const manifest = await loadFromSources(editedSources(edited, options), options.loadOptions);
    const planned = await options.planAgain(manifest);
    const wrong = stillDiffering(planned.plan, left, options);
    for (const [one, why] of wrong) refuse(one, why);
    return wrong.size === 0 ? planned : undefined;
  } catch (error) {
    if (!(error instanceof ManifestError) && !(error instanceof RefusedError)) throw error;
    const errors = error.problems.filter(({ severity }) => severity === 'error');
    const culprits = errors.flatMap((problem) =>
      culpritsOf(problem, edited, left).map((one) => [one, problem] as const),
    );
    if (culprits.length === 0) {
      throw new RefusedError(
        'the manifests would not be right any more; nothing has been written',
        error.problems,
      );
    }
    for (const [one, problem] of culprits) refuse(one, problem.message, problem.hint);
    return undefined;
  }
}

/** What would differ all the same, or be changed besides, with the reason. */
function stillDiffering(
  { actions }: Plan,
  left: readonly Wanted[],
  { before }: CheckOptions,
): ReadonlyMap<Wanted, string> {
  const wrong = new Map<Wanted, string>();
  const nameOf = (address: string, { path }: Change): string => JSON.stringify([address, path]);
  const known = new Set(
    before.actions.flatMap(({ address, changes }) => changes.map((one) => nameOf(address, one))),
  );
  for (const action of actions) {
    const own = left.filter(({ address }) => address === action.address);
    const isMadeAgain = action.type === 'create';
    for (const one of own.filter(({ path }) => isMadeAgain && path.length === 0)) {
      wrong.set(one, 'the plan would make it again');
    }
    for (const change of action.changes) {
      const { path } = change;
      const same = own.filter((one) => startsWith(path, one.path) || startsWith(one.path, path));
      for (const one of same) wrong.set(one, 'the plan would still change it');
      if (same.length > 0 || known.has(nameOf(action.address, change))) continue;
      const name = fieldName(action.address, path);
      if (own.length === 0)
        throw new RefusedError(`the edit would change ${name} too; nothing has been written`);
      for (const one of own) wrong.set(one, `the edit would change ${name} too`);
    }
  }
  return wrong;
}

/** The edits that a problem comes from: those whose lines it is told of. */
function culpritsOf(
  { at }: Problem,
  { places }: EditedManifests,
  left: readonly Wanted[],
): readonly Wanted[] {
  const hit = left.filter(({ edit }) => {
    const place = places.get(edit);
    return (
      place &&
      at &&
      place.file === at.file &&
      place.line <= at.line &&
      at.line <= (place.endLine ?? place.line)
    );
  });
  return hit.toSorted((one, other) => lineOf(other, places) - lineOf(one, places)).slice(0, 1);
}

const lineOf = ({ edit }: Wanted, places: EditedManifests['places']): number => places.get(edit)?.line ?? 0;

/** The texts as they are after an edit, and those of the files that they name. */
function editedSources(
  edited: EditedManifests,
  { sources: { manifests, overlays }, contents: added = new Map() }: CheckOptions,
): ManifestSources {
  const named = [...edited.texts].filter(
    ([source]) => !manifests.includes(source) && !overlays.includes(source),
  );
  const contents = new Map([...added, ...named.map(([source, text]) => [pathOf(source), text] as const)]);
  const after = (source: SourceText): SourceText =>
    new SourceText(source.name, edited.texts.get(source) ?? source.text, source.folder, contents);
  return { manifests: manifests.map(after), overlays: overlays.map(after) };
}

/** Where a text lies. */
export const pathOf = ({ name, folder = '' }: SourceText): string => join(folder, basename(name));

async function readFile(name: string, from: SourceText): Promise<SourceText | undefined> {
  const place = { source: from, start: 0, end: 0 };
  const read = await readConfinedFile(name, place, 'wrong-value', new Problems());
  if (!read) return undefined;
  return new SourceText(join(dirname(from.name), name), read.text, dirname(resolve(from.folder ?? '', name)));
}
