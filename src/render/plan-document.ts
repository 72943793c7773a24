import { formatAddress } from '../address.js';
import type { Action, Change, Plan, PlanDocument } from '../plan/plan.js';

/** A path inside a resource in the notation of addresses: `oidcClientMetadata.redirectUris`. */
export const formatPath = (path: readonly string[]): string => formatAddress(path);

/** The plan as it may be printed and stored; see schema/plan.schema.json. Holds no secret. */
export function planDocument(plan: Plan): PlanDocument {
  const { stack, endpoint, digest, summary, actions, blocked, warnings, scheduled } = plan;
  return {
    formatVersion: 1,
    stack,
    endpoint,
    digest,
    summary,
    actions: actions.map(showAction),
    blocked,
    warnings,
    ...(scheduled && { scheduled }),
  };
}

const showAction = ({ changes, source, ...action }: Action): PlanDocument['actions'][number] => ({
  ...action,
  changes: changes.map(({ path, ...change }: Change) => ({ path: formatPath(path), ...change })),
  ...(source && { source: { file: source.file, line: source.line, column: source.column } }),
});
