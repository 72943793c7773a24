import { formatAddress } from '../address.js';
import type { SourceRange } from '../errors.js';
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
  changes: changes.map(showChange),
  ...(source && { source: placeOf(source) }),
});

const showChange = ({
  path,
  source,
  ...change
}: Change): PlanDocument['actions'][number]['changes'][number] => ({
  path: formatPath(path),
  ...change,
  ...(source && { source: placeOf(source) }),
});

/** Where something begins, without the text that stands there: it may be secret. */
const placeOf = ({ file, line, column }: SourceRange): SourceRange => ({ file, line, column });
