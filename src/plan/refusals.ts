import type { Problem, ProblemCode } from '../errors.js';
import type { PlanInput, Rule } from './plan-input.js';
import type { Plan, Step } from './plan.js';

interface Refusal {
  readonly rule?: Rule;
  readonly problem: Problem;
}

/** What a safety rule does not let happen, and what the user overrode: `plan` shows it, `apply` refuses. */
export function judge(steps: readonly Step[], input: PlanInput): Pick<Plan, 'blocked' | 'warnings'> {
  const refusals = [...steps.flatMap((step) => stepRefusals(step, input)), ...limitRefusals(steps, input)];
  const isForced = ({ rule }: Refusal): boolean => rule !== undefined && input.limits.force.includes(rule);
  return {
    blocked: [
      ...input.unclear,
      ...refusals.filter((refusal) => !isForced(refusal)).map(({ problem }) => problem),
    ],
    warnings: [
      ...input.manifest.warnings,
      ...input.warnings,
      ...refusals.filter(isForced).map(({ problem, rule }) => overridden(problem, rule)),
      ...renameWarnings(steps),
    ],
  };
}

const overridden = ({ code, message, at }: Problem, rule: Rule | undefined): Problem => ({
  code,
  severity: 'warning',
  message: `${message} (overridden by --force ${rule ?? ''})`,
  ...(at && { at }),
});

function stepRefusals(step: Step, input: PlanInput): readonly Refusal[] {
  const { action, resource } = step;
  const { type, address, reason = '', source } = action;
  if (type === 'create') return displacements(step, input);
  if (type !== 'replace' && type !== 'delete') return [];
  const refusal = (code: ProblemCode, message: string, hint: string, rule?: Rule): Refusal => ({
    ...(rule && { rule }),
    problem: { code, severity: 'error', message, hint, ...(source && { at: source }) },
  });
  const found: Refusal[] = [];
  if (resource.lifecycle.protect) {
    const hint = 'apply lifecycle.protect: false first, or pass --force protect';
    found.push(
      refusal('protected', `${address} is protected and would be ${type}d: ${reason}`, hint, 'protect'),
    );
  }
  found.push(...displacements(step, input));
  const lost = undeclaredChildren(step, input);
  if (lost.length > 0) {
    const what = `${address} would take with it what no manifest declares: ${lost.join(', ')}`;
    found.push(refusal('cascade', what, 'declare or delete them first, or pass --force cascade', 'cascade'));
  }
  if (type === 'delete') return found;
  const foreign = foreignReplacement(step, input);
  if (foreign) {
    found.push({ problem: foreign });
  } else if (!input.limits.allowReplace && step.deletes) {
    // What goes with its parent is refused with that one.
    found.push(
      refusal('replacement', `${address} has to be replaced: ${reason}`, 'pass --allow-replace', 'replace'),
    );
  }
  for (const finding of bodyFindings(step, input)) {
    found.push(
      refusal(
        'wrong-value',
        `${address}: ${finding}`,
        'state the field that is carried over from the old object',
      ),
    );
  }
  return found;
}

/** Something that is not ours would have to go, and come back as something else. */
export function foreignReplacement({ action }: Step, { current }: PlanInput): Problem | undefined {
  const { type, address, reason = '', source } = action;
  const { by } = current.get(address) ?? {};
  if (type !== 'replace' || by === 'ledger' || by === 'intent') return undefined;
  return {
    code: 'protected',
    severity: 'error',
    message: `${address} exists already, is not ours, and would have to be replaced: ${reason}`,
    hint: 'state what the tenant has and adopt it first, or delete it by hand',
    ...(source && { at: source }),
  };
}

/** What Logto deletes when the object is made, and nobody asked for: neither ours nor declared, or to stay. */
function displacements(
  { action, displaced }: Step,
  { ledger, current, undeclared }: PlanInput,
): readonly Refusal[] {
  const ours = new Set([...ledger.owned.keys(), ...[...current.values()].map(({ id }) => id)]);
  const released = new Set(undeclared.flatMap(({ entry }) => (entry.release ? [entry.id] : [])));
  const foreign = displaced.filter(({ id }) => !ours.has(id) || released.has(id));
  if (foreign.length === 0) return [];
  const what = foreign.map(({ title, id }) => `"${title}" (${id})`).join(', ');
  return [
    {
      rule: 'cascade',
      problem: {
        code: 'cascade',
        severity: 'error',
        message: `${action.address} would take the place of ${what}, which Logto deletes with it and which is not ours to delete`,
        hint: 'delete it by hand first, or pass --force cascade',
        ...(action.source && { at: action.source }),
      },
    },
  ];
}

/** Names of what goes with an object and is nobody's: neither declared here nor in the ledger. */
function undeclaredChildren(
  { action, resource, deletes }: Step,
  { lists, ledger, current, undeclared }: PlanInput,
): readonly string[] {
  if (!deletes || resource.parent !== undefined) return [];
  const object = lists.get(resource.kind.name)?.find(({ id }) => id === action.id);
  // Also what an apply that was cut off has made and the ledger has only announced.
  const ours = [...current.values(), ...undeclared.map(({ entry }) => entry)];
  const declared = new Set(ours.map(({ id }) => id));
  const sections = Object.entries(object?.children ?? {}).filter(
    ([section]) => !resource.kind.children?.[section]?.goesWithParent,
  );
  return sections.flatMap(([section, children]) =>
    children
      .filter(({ id }) => !ledger.owned.has(id) && !declared.has(id))
      .map(({ id, fields }) => {
        const name = fields[resource.kind.children?.[section]?.title ?? ''];
        return typeof name === 'string' ? name : id;
      }),
  );
}

/** Of ten resources and more, at most so many may go in one apply. */
const tolerated = { share: 0.3, from: 10 };

function limitRefusals(
  steps: readonly Step[],
  { ledger, limits, manifest, rotations }: PlanInput,
): readonly Refusal[] {
  // The manifest asks for it, and runs on a schedule have nobody to ask.
  const isRotation = (address: string): boolean => rotations.ended.get(address)?.isDue === true;
  const going = steps.filter(
    ({ action, resource }) => isGoing(action.type) && !resource.kind.link && !isRotation(action.address),
  );
  const size = [...ledger.entries.keys()].filter(
    (address) => !manifest.desired.get(address)?.kind.link,
  ).length;
  const refuse = (why: string): readonly Refusal[] => [
    {
      rule: 'limit',
      problem: {
        code: 'limit',
        severity: 'error',
        message: `${going.length} of the ${size} resources of the stack would be deleted or replaced, ${why}`,
        hint: `if that is meant, pass --max-deletes ${going.length}`,
      },
    },
  ];
  if (limits.maxDeletes !== undefined) {
    return going.length > limits.maxDeletes
      ? refuse(`more than the ${limits.maxDeletes} that --max-deletes allows`)
      : [];
  }
  const isTooMuch = size >= tolerated.from && going.length > size * tolerated.share;
  return isTooMuch && !limits.isDestroying ? refuse(`more than ${tolerated.share * 100} %`) : [];
}

const isGoing = (type: Step['action']['type']): boolean => type === 'delete' || type === 'replace';

/** A key that was renamed without `moved` looks like one thing that goes and another, of the same name, that comes. */
function renameWarnings(steps: readonly Step[]): readonly Problem[] {
  const going = steps.filter(({ action }) => action.type === 'delete');
  return steps
    .filter(({ action }) => action.type === 'create')
    .flatMap(({ action, resource }) => {
      const { kind } = resource;
      const name = resource.fields[kind.title];
      const twin = going.find(
        (step) => step.resource.kind === kind && step.deletes?.expected[kind.title] === name,
      );
      if (!twin || kind.keyField !== undefined) return [];
      return [
        {
          code: 'conflict' as const,
          severity: 'warning' as const,
          message: `${twin.action.address} goes and ${action.address}, of the same ${kind.title}, comes`,
          hint: `if the key was renamed, keep the object: moved: [{ from: ${twin.action.address}, to: ${action.address} }]`,
          ...(action.source && { at: action.source }),
        },
      ];
    });
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
