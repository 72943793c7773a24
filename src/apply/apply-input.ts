import type { WriteApi } from '../management-api/api.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Plan } from '../plan/plan.js';
import type { Ledger, LedgerHome } from '../state/ledger.js';
import type { ApplyEvent } from './events.js';

/** A plan, and what it takes to carry it out. */
export interface ApplyInput {
  readonly plan: Plan;
  readonly manifest: Manifest;
  readonly api: WriteApi;
  readonly home: LedgerHome;
  /** As it was read for the plan. */
  readonly stored: Ledger;
  /** The same with the moves of the manifest. */
  readonly ledger: Ledger;
  /** The ids of all objects that were there when the plan was made. */
  readonly knownIds: ReadonlySet<string>;
  readonly hashKey: string;
  /** Epoch milliseconds by the server's clock. */
  readonly serverTime: number;
  /** The plan leaves out all that is no adoption, so what has no step is not as stated because of that. */
  readonly onlyAdopt: boolean;
  /** When it is aborted, steps under way end and no other begins. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ApplyEvent) => void;
}
