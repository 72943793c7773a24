import type { Problem } from '../errors.js';
import { canonicalJson, textOf, type Json } from '../json.js';
import { keyNames, valueAt, valuesAt } from '../kinds/identity.js';
import type { TenantObject } from '../kinds/kind.js';
import { siblingsIn } from '../state/siblings.js';
import type { PlanInput } from './plan-input.js';
import type { Step } from './plan.js';

/** Steps in an order in which what is unique is given up before it is taken, and what no order can bring about. */
export interface Handovers {
  readonly steps: readonly Step[];
  readonly problems: readonly Problem[];
}

/**
 * Orders the steps by which a value that Logto keeps unique (the name of a role) goes from one object to another. A step
 * that would fail because the value is not given up is a problem: a replacement has deleted the old object by then.
 *
 * @param steps in the order of their phases
 */
export function orderHandovers(steps: readonly Step[], input: PlanInput): Handovers {
  const byId = new Map(
    steps.flatMap((step) => (step.action.id === undefined ? [] : [[step.action.id, step]])),
  );
  const problems: Problem[] = [];
  const giverOf = new Map<Step, Step>();
  for (const step of steps) {
    const wanted = newKey(step, input);
    const holder = wanted === undefined ? undefined : holderOf(step, wanted, input);
    if (wanted === undefined || !holder) continue;
    const giver = byId.get(holder.id);
    if (!giver || newKey(giver, input) === undefined) problems.push(heldProblem(step, holder, giver));
    else giverOf.set(step, giver);
  }
  if (giverOf.size === 0) return { steps, problems };
  const ordered = inOrder(
    steps.map((step) => withPrerequisite(step, giverOf.get(step))),
    (way) => problems.push(circleProblem(way)),
  );
  return { steps: ordered, problems };
}

const withPrerequisite = (step: Step, giver: Step | undefined): Step =>
  giver ? { ...step, after: [...new Set([...step.after, giver.action.address])] } : step;

/** The unique key that a step gives to an object that has, or had, another one. */
function newKey(step: Step, { current }: PlanInput): readonly Json[] | undefined {
  const { action, resource, fields, deletes } = step;
  const before = current.get(action.address)?.fields;
  // What is replaced with its parent has no siblings but those of the new parent.
  const writes =
    action.type === 'replace' ? deletes !== undefined : ['update', 'adopt'].includes(action.type);
  if (!before || !writes) return undefined;
  const after = { ...before, ...fields };
  const key = keyNames(resource.kind, after);
  const [old, wanted] = [valuesAt(before, key), valuesAt(after, key)];
  return key.length === 0 || canonicalJson(old) === canonicalJson(wanted) ? undefined : wanted;
}

/** The other object that has these values of the unique key. */
function holderOf(
  { action, resource, fields: written }: Step,
  wanted: readonly Json[],
  { lists, current }: PlanInput,
): TenantObject | undefined {
  const { kind } = resource;
  const siblings = siblingsIn(lists, kind, current.get(action.address)?.parentId);
  const key = keyNames(kind, { ...current.get(action.address)?.fields, ...written });
  return siblings.find(
    ({ id, fields }) => id !== action.id && canonicalJson(valuesAt(fields, key)) === canonicalJson(wanted),
  );
}

/** Each step after those that it names, else as they stand. */
function inOrder(steps: readonly Step[], onCircle: (way: readonly Step[]) => void): readonly Step[] {
  const byAddress = new Map(steps.map((step) => [step.action.address, step]));
  const ordered = new Set<Step>();
  const visit = (step: Step, way: readonly Step[]): void => {
    if (ordered.has(step)) return;
    const begin = way.indexOf(step);
    if (begin >= 0) {
      onCircle(way.slice(begin));
      return;
    }
    for (const address of step.after) {
      const prerequisite = byAddress.get(address);
      if (prerequisite) visit(prerequisite, [...way, step]);
    }
    ordered.add(step);
  };
  for (const step of steps) visit(step, []);
  return [...ordered];
}

const source = ({ action }: Step): Pick<Problem, 'at'> => (action.source ? { at: action.source } : {});

const keyText = ({ resource: { kind, fields } }: Step): string => keyNames(kind, fields).join(' and ');

function heldProblem(step: Step, holder: TenantObject, giver: Step | undefined): Problem {
  const { action, resource } = step;
  const { kind } = resource;
  const values = keyNames(kind, holder.fields)
    .map((name) => `${name} "${textOf(valueAt(holder.fields, name))}"`)
    .join(' and ');
  const isDeleted = giver?.action.type === 'delete';
  const whose = giver ? `${giver.action.address} (${holder.id})` : `another ${kind.singular} (${holder.id})`;
  return {
    code: 'conflict',
    severity: 'error',
    message: `${action.address} cannot get the ${values}: ${whose} has it${isDeleted ? ', and is deleted only after that' : ''}`,
    hint: isDeleted
      ? `apply the removal of ${giver.action.address} first, then this change`
      : `choose another ${keyText(step)}, or let the other one give it up first`,
    ...source(step),
  };
}

function circleProblem(way: readonly Step[]): Problem {
  const [first] = way;
  const addresses = way.map(({ action }) => action.address).join(', ');
  return {
    code: 'conflict',
    severity: 'error',
    message: `${addresses} pass what Logto keeps unique${first ? ` (${keyText(first)})` : ''} on to each other in a circle`,
    hint: `change it in two steps: give ${first?.action.address ?? 'one of them'} a value that none of them has, apply, then the one that is meant`,
    ...(first && source(first)),
  };
}
