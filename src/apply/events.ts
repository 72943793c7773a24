import type { Action } from '../plan/plan.js';

/** What happened to one action of a plan. */
export type Outcome =
  | { readonly status: 'done'; readonly action: Action; readonly id: string }
  | { readonly status: 'failed'; readonly action: Action; readonly error: Error }
  | { readonly status: 'not-reached'; readonly action: Action; readonly because: string };

/** Told while a plan is applied. */
export type ApplyEvent =
  | { readonly type: 'started'; readonly action: Action }
  | { readonly type: 'ended'; readonly outcome: Outcome };

/** What an apply did, all in all. */
export interface ApplyResult {
  readonly outcomes: readonly Outcome[];
  readonly done: number;
  readonly failed: number;
  readonly notReached: number;
  /** True when Ctrl-C or a signal ended it early. */
  readonly interrupted: boolean;
}
