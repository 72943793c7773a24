import type { Problem, ProblemCode } from '../errors.js';
import type { PlanInput } from './make-plan.js';
import type { Step } from './plan.js';

/** What a safety rule does not let happen: `plan` shows it, `apply` refuses. */
export function refusals(steps: readonly Step[], input: PlanInput): readonly Problem[] {
  return steps.flatMap((step) => (step.action.type === 'replace' ? replacementRefusals(step, input) : []));
}

function replacementRefusals(step: Step, input: PlanInput): readonly Problem[] {
  const { action, resource } = step;
  const problems: Problem[] = [];
  const refuse = (code: ProblemCode, message: string, hint: string): void => {
    problems.push({ code, severity: 'error', message, hint, ...(action.source && { at: action.source }) });
  };
  const because = action.reason ?? '';
  if (resource.lifecycle.protect) {
    refuse(
      'protected',
      `${action.address} is protected and would be replaced: ${because}`,
      'take lifecycle.protect out',
    );
  }
  const { by } = input.current.get(action.address) ?? {};
  if (by !== 'ledger' && by !== 'intent' && resource.parent === undefined) {
    refuse(
      'protected',
      `${action.address} exists already, is not ours, and would have to be replaced: ${because}`,
      'state what the tenant has and adopt it first, or delete the object by hand',
    );
  } else if (!input.options.allowReplace) {
    refuse('replacement', `${action.address} has to be replaced: ${because}`, 'pass --allow-replace');
  }
  for (const finding of bodyFindings(step, input)) {
    refuse(
      'wrong-value',
      `${action.address}: ${finding}`,
      'state the field that is carried over from the old object',
    );
  }
  return problems;
}

/** Rules that the object would break with the fields that it takes over from the one that it replaces. */
function bodyFindings({ resource, fields }: Step, { manifest }: PlanInput): readonly string[] {
  const carriedOver = Object.keys(fields).some((name) => resource.fields[name] === undefined);
  if (!carriedOver) return [];
  const lookup = (kindName: string, key: string) =>
    [...manifest.desired.values()].find(
      (other) => !other.external && other.kind.name === kindName && other.key === key,
    )?.fields;
  return (resource.kind.check?.({ ...fields, ...resource.fields }, lookup) ?? [])
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}
