import type { Problem } from '../errors.js';
import type { TenantLists } from '../kinds/kind.js';
import type { ReadApi } from '../management-api/api.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Ledger, LedgerHome } from './ledger.js';
import { matchResources } from './match.js';
import type { Matching, MatchOptions } from './matching.js';
import type { Clocks } from './clocks.js';
import { applyMoves } from './moves.js';
import { readChildren } from './read-children.js';
import { readLists } from './read-lists.js';
import { withGenerations, type Rotations } from './rotations.js';
import { everySection, sectionsInScope, sectionsOfLedger, sectionsToFind, wantedOf } from './scope.js';

/** What the tenant and the ledger hold of what a manifest is about, and which object is which. */
export interface TenantReading {
  readonly stored: Ledger;
  /** The same with the moves of the manifest, and with keys that were renamed. */
  readonly ledger: Ledger;
  /** Addresses that took over the ledger entry of another one: new → old. */
  readonly moved: ReadonlyMap<string, string>;
  readonly lists: TenantLists;
  /** What the manifest comes to at this moment. */
  readonly rotations: Rotations;
  readonly matching: Matching;
  /** Of each kind that the manifest declares and this server does not know. */
  readonly problems: readonly Problem[];
}

export interface ReadOptions extends MatchOptions {
  /** Read every kind, not only what the manifest is about. */
  readonly everyKind: boolean;
  /** Asked when everything that is needed has been read. */
  readonly clocks: () => Clocks;
}

/** Reads every list that is needed, each once, then the ledger, then what only the ledger tells to be needed. */
export async function readTenant(
  api: ReadApi,
  home: LedgerHome,
  manifest: Manifest,
  options: ReadOptions,
): Promise<TenantReading> {
  const { desired } = manifest;
  const declared = sectionsInScope(desired);
  const inScope = options.everyKind ? new Set([...everySection, ...declared]) : declared;
  const toFind = sectionsToFind(inScope);
  const first = await readLists(api, new Set([...inScope].filter((name) => !toFind.has(name))));
  // Afterwards: what another run makes in the meantime is announced before, so that no object seems to be nobody's.
  const stored = await home.read(manifest.stack);
  const { ledger: movedLedger, moved } = applyMoves(stored, manifest.moved);
  const second = await readLists(
    api,
    new Set([...toFind, ...sectionsOfLedger(desired, movedLedger, inScope)]),
    (kindName) => wantedOf(kindName, desired, movedLedger),
  );
  const objects = new Map([...first.lists, ...second.lists]);
  const roughly = matchResources(desired, objects, movedLedger, options);
  const lists = await readChildren(api, desired, movedLedger, roughly, objects);
  const rotations = withGenerations(desired, lists, movedLedger, roughly, options.clocks());
  const matching =
    lists === objects ? roughly : matchResources(rotations.desired, lists, movedLedger, options);
  const renames = [...matching.renamed].map(([to, from]) => ({ from, to }));
  const { ledger } = applyMoves(movedLedger, renames);
  const problems = unknownToServer(manifest, new Set([...first.missing, ...second.missing]));
  return { stored, ledger, moved, lists, rotations, matching, problems };
}

/** Told once for each kind, where it is declared first; of what nobody declares, nothing is said. */
const unknownToServer = ({ desired }: Manifest, missing: ReadonlySet<string>): readonly Problem[] =>
  [...missing].flatMap((name) => {
    const first = [...desired.values()].find(({ kind }) => kind.name === name);
    if (!first) return [];
    return [
      {
        code: 'not-supported' as const,
        severity: 'error' as const,
        message: `this Logto has no ${name}: a later version brought them`,
        hint: `take ${name} out of the manifest, or update Logto`,
        ...(first.source && { at: first.source }),
      },
    ];
  });
