import type { SourceRange } from '../errors.js';
import { isObject, type Json } from '../json.js';
import type { ManifestSources } from '../manifest/load-manifest.js';
import type { Manifest, ManifestOptions } from '../manifest/manifest.js';
import type { SourceText } from '../manifest/source-text.js';
import type { Cause } from '../plan/cause.js';
import type { Step } from '../plan/plan.js';
import type { Planned } from '../reconcile.js';
import type { Resource } from '../state/resource.js';
import { differencesOf, namesIn, placeOf, valueAt } from './differences.js';
import { editAndCheck, type Wanted } from './edit-and-check.js';
import type { Left } from './left.js';
import { isNotThere, isProtected, wouldNotDo } from './why-not.js';

/** What became of the drift of a tenant. */
export interface Acceptance {
  /** In the order of the plan. */
  readonly accepted: readonly Accepted[];
  /** What stays drift, and why. */
  readonly left: readonly Left[];
  /** How many resources of the plan are left alone: not applied yet, or nobody can tell who changed them. */
  readonly pending: number;
  readonly unknown: number;
  /** The texts that are to be written. */
  readonly texts: ReadonlyMap<SourceText, string>;
  /** The plan of the manifests as they are then. */
  readonly planned: Planned;
}

export interface Accepted extends Wanted {
  /** Where it stands now; of what was taken out, where it stood. */
  readonly at: SourceRange | undefined;
}

export interface AcceptOptions {
  readonly sources: ManifestSources;
  readonly loadOptions: ManifestOptions;
  readonly causes: ReadonlyMap<string, Cause>;
  /** Resources that are gone from the tenant are taken out. */
  readonly deletions: boolean;
  readonly planAgain: (manifest: Manifest) => Promise<Planned>;
}

/**
 * Takes what somebody changed in the tenant over into the manifests: finds the edits, makes them in memory, and checks
 * that the plan would be empty for each. Writes nothing.
 *
 * @throws {RefusedError} the manifests would not be right any more, and it cannot be told why
 */
export async function acceptDrift(planned: Planned, options: AcceptOptions): Promise<Acceptance> {
  const { manifest, plan } = planned;
  const causes = [...options.causes.values()];
  const countOf = (cause: Cause): number => causes.filter((other) => other === cause).length;
  const drifted = plan.steps.filter(({ action }) => options.causes.get(action.address) === 'tenant');
  const { wanted, left } = wantedOf(drifted, planned, options);
  const checked = await editAndCheck(wanted, {
    manifest,
    sources: options.sources,
    loadOptions: options.loadOptions,
    planAgain: options.planAgain,
    before: plan,
  });
  return {
    accepted: checked.made.map((one) => ({ ...one, at: checked.edited.places.get(one.edit) })),
    left: [...left, ...checked.left],
    pending: countOf('manifest'),
    unknown: countOf('unknown'),
    texts: checked.edited.texts,
    planned: checked.planned ?? planned,
  };
}

interface Sorted {
  readonly wanted: readonly Wanted[];
  readonly left: readonly Left[];
}

function wantedOf(drifted: readonly Step[], planned: Planned, { deletions }: AcceptOptions): Sorted {
  const { manifest } = planned;
  const wanted: Wanted[] = [];
  const left: Left[] = [];
  const gone = new Map(drifted.filter(isGone).map(({ action, resource }) => [action.address, resource]));
  const stays = ({ lifecycle }: Resource): boolean => !deletions || lifecycle.protect === true;
  const keeps = (address: string): boolean => {
    const resource = gone.get(address);
    return resource !== undefined && stays(resource);
  };
  for (const { resource } of drifted) {
    const { address, parent } = resource;
    if (gone.has(address)) {
      const problem = deletions ? isProtected(address, manifest) : isNotThere(address, manifest);
      const ends = resource.kind.link ? namesIn(resource, []).filter((name) => gone.has(name)) : [];
      const [end] = ends;
      if (stays(resource)) left.push({ address, path: [], problem });
      else if (end !== undefined && ends.every(keeps)) {
        const why = wouldNotDo(manifest, manifest.locate(address), address, `it goes with ${end}`);
        left.push({ address, path: [], problem: why });
      } else if (!gone.has(parent ?? '')) {
        wanted.push({ ...deletionOf(resource, manifest), with: ends.filter((name) => !keeps(name)) });
      }
      continue;
    }
    for (const difference of differencesOf(resource, { planned, keeps })) {
      const { path, refusal: problem } = difference;
      if (problem) left.push({ address, path, problem });
      else wanted.push({ ...difference, with: difference.names.filter((name) => gone.has(name)) });
    }
  }
  return { wanted, left };
}

const isGone = ({ action }: Step): boolean => action.type === 'create';

/** What takes a resource out of the manifests; of a link, the item that it is. */
function deletionOf({ address, kind, fields }: Resource, { document }: Manifest): Wanted {
  const path = kind.link ? [kind.name] : placeOf(address);
  const before = valueAt(document, path);
  const items = kind.link && Array.isArray(before) ? (before as readonly Json[]) : undefined;
  const isIt = (item: Json): boolean =>
    isObject(item) && kind.key.every((name) => item[name] === fields[name]);
  const after = items?.filter((item) => !isIt(item));
  return { address, path: [], edit: { path, before, after, isDeletion: true } };
}
