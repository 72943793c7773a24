import { parentAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { isObject, type JsonObject } from '../json.js';
import { withoutSecrets } from '../manifest/problems.js';
import { digestOf, keyedHash } from './digest.js';
import { orderHandovers } from './handovers.js';
import { onlyAdoption } from './only-adoption.js';
import { orderByReferences } from './order.js';
import type { ActionType, Plan, Step, Summary } from './plan.js';
import { findReplacements } from './replacements.js';
import { foreignReplacement, judge } from './refusals.js';
import type { PlanInput } from './plan-input.js';
import { planDeletions } from './plan-deletions.js';
import { planResource } from './plan-resource.js';
import { isSensitive } from './redact.js';

/**
 * What has to be done so that the tenant is as stated. Pure: the same input gives the same plan.
 *
 * @throws {ManifestError} references lead in a circle
 */
export function makePlan(input: PlanInput): Plan {
  const { manifest, endpoint } = input;
  const resources = orderByReferences(manifest.desired);
  const replacements = findReplacements(resources, input);
  const steps: Step[] = [];
  for (const resource of resources) {
    const step = planResource(resource, input, replacements);
    if (step) steps.push(step);
  }
  steps.push(...planDeletions(input));
  steps.sort((left, right) => left.phase - right.phase);
  const handedOver = input.limits.onlyAdopt
    ? {
        steps: steps.flatMap((step) => onlyAdoption(step, input)),
        problems: steps.flatMap((step) => foreignReplacement(step, input) ?? []),
      }
    : orderHandovers(steps, input);
  const wanted = handedOver.steps;
  const withSteps = new Set(wanted.map(({ action }) => action.address));
  const ordered = wanted.map((step) => ({
    ...step,
    after: step.after.filter((address) => withSteps.has(address)),
  }));
  const actions = ordered.map(({ action }) => action);
  const { blocked, warnings } = judge(ordered, input);
  // What goes with its parent comes back at another time, which nobody knows yet.
  const scheduled = input.rotations.scheduled.filter(
    ({ address }) => !replacements.reasons.has(parentAddress(address)),
  );
  // Those of the manifest tell no secret already.
  const hide = (problem: Problem): Problem =>
    manifest.warnings.includes(problem) ? problem : withoutSecrets(problem, manifest.secrets);
  return {
    stack: manifest.stack,
    endpoint,
    digest: digestOf({
      stack: manifest.stack,
      endpoint,
      ledgerHome: input.ledgerHome,
      steps: ordered.map((step) => stepDigest(step, input)),
    }),
    // What is only adopted now is not as stated yet, so all steps count.
    summary: summarize(ordered, resources.length - steps.filter(({ isDeclared }) => isDeclared).length),
    actions,
    blocked: [...blocked, ...handedOver.problems].map(hide),
    warnings: warnings.map(hide),
    ...(scheduled.length > 0 && { scheduled }),
    steps: ordered,
  };
}

function summarize(steps: readonly Step[], unchanged: number): Summary {
  const count = (type: ActionType): number => steps.filter(({ action }) => action.type === type).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    adopt: count('adopt'),
    move: count('move'),
    unchanged,
  };
}

/** A plan stays the same while nothing but the time goes on. */
const withoutMoment = ({ fields, resource: { initial = {} } }: Step): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(initial, name)));

/** What the digest sees of a step: the action, and everything that would be sent; sensitive values as keyed hashes. */
function stepDigest(step: Step, input: PlanInput): unknown {
  const { hashKey, current } = input;
  const { action, resource } = step;
  const hide = (value: unknown, path: readonly string[]): unknown => {
    if (isSensitive(resource, path, input)) return keyedHash(hashKey, value);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, hide(inner, [...path, name])]),
    );
  };
  return {
    action: [action.type, action.address, action.id, action.changes.map(({ path }) => path)],
    fields: hide(withoutMoment(step), []),
    lateFields: hide(step.lateFields, []),
    // What its rotation comes to, in durations: moments would make a plan stale by themselves.
    rotation: input.rotations.making.get(action.address)?.consequences,
    links: step.links,
    targets: step.targets,
    emptied: step.emptied,
    // A delete looks at the whole object; `expected` may hold a secret, so only its keyed hash is kept.
    deletes: step.deletes && [step.deletes.id, keyedHash(hashKey, step.deletes.expected)],
    // Only what the changes take away: another person's edit elsewhere in the object does not make a plan stale.
    before: action.changes.map(({ path, before }) => [path, before]),
    parentId: current.get(action.address)?.parentId,
  };
}
