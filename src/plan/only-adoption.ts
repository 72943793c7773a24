import { formatAddress } from '../address.js';
import type { Json } from '../json.js';
import { printableJson } from '../printable.js';
import { describeCandidate } from '../state/candidates.js';
import type { PlanInput } from './plan-input.js';
import type { Change, Step } from './plan.js';

/** The part of a step that the ledger alone needs to know; what differs is told, and left for the next apply. */
export function onlyAdoption(step: Step, { matching }: PlanInput): readonly Step[] {
  const { action } = step;
  if (action.type !== 'adopt') return [];
  // Of what there is one of, nobody asks which it is.
  const object = step.resource.kind.singleton ? undefined : matching.matches.get(action.address)?.object;
  const { reason } = action;
  return [
    {
      ...step,
      action: {
        ...action,
        ...(reason !== undefined && object && { reason: `${reason}: ${describeCandidate(object)}` }),
        changes: [],
        consequences: action.changes.map(difference),
      },
      fields: {},
      links: [],
      onlyLedger: true,
      after: [],
    },
  ];
}

function difference({ path, before, after, sensitive }: Change): string {
  const name = formatAddress(path);
  if (sensitive) return `${name} differs; the next apply changes it`;
  const next = isSet(after) ? `makes it ${inShort(after)}` : 'takes that away';
  return `${name} is ${isSet(before) ? inShort(before) : 'not set'}; the next apply ${next}`;
}

const isSet = (value: Json | undefined): value is Json => (value ?? null) !== null;

/** A value in a sentence. */
function inShort(value: Json): string {
  const text = printableJson(value);
  return text.length <= 80 ? text : `${text.slice(0, 60)} … (${text.length} characters)`;
}
