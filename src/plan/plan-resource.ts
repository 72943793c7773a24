import type { Json, JsonObject } from '../json.js';
import { titleOf } from '../kinds/identity.js';
import type { TenantObject } from '../kinds/kind.js';
import { mapReferences, referencesOf } from '../kinds/references.js';
import type { CurrentResource } from '../state/current-state.js';
import { linkAddress } from '../state/current-state.js';
import type { Resource } from '../state/resource.js';
import { carriedOver, lossesOf } from './carried-over.js';
import { compareFields, type CompareOptions } from './compare.js';
import { expectedFields } from './expected-fields.js';
import { adoptionReason, lifecycleChanges } from './ledger-changes.js';
import { compareLinks } from './links.js';
import type { PlanInput } from './plan-input.js';
import { prerequisitesOf } from './order.js';
import { phases } from './phases.js';
import type { ActionType, Change, DeletedObject, LinkEnd, LinkWork, Step } from './plan.js';
import { showDifference } from './redact.js';
import { compareOptions, type Replacements } from './replacements.js';
import { unseal } from './sealed.js';
import { creationFields, updateFields, withCarried } from './write-fields.js';

/** The step that one resource needs, or undefined when it is as stated and known to the ledger. */
export function planResource(
  resource: Resource,
  input: PlanInput,
  replacements: Replacements,
): Step | undefined {
  const existing = input.current.get(resource.address);
  if (resource.kind.link) return planLink(resource, existing, input, replacements);
  const isReplaced = replacements.reasons.has(resource.address);
  if (existing && isReplaced && endsWithParent(resource, existing, input)) {
    const reason = `${replacements.reasons.get(resource.address) ?? ''}, and another has taken its place`;
    return makeStep('delete', resource, input, [], [], { fields: {}, lateFields: {}, existing, reason });
  }
  return existing && !isReplaced
    ? planExisting(resource, existing, input, replacements)
    : planCreation(resource, existing, input, replacements);
}

/** Whether it is gone for good when what holds it is replaced: unless Logto makes it anew by itself, and it has to go. */
function endsWithParent({ followed, kind, parent }: Resource, existing: CurrentResource, input: PlanInput) {
  const holder = input.current.get(parent ?? '');
  return followed && holder !== undefined && kind.comesWithParent?.(existing, holder) !== true;
}

function planCreation(
  resource: Resource,
  replaced: CurrentResource | undefined,
  input: PlanInput,
  { reasons, isReplaced }: Replacements,
): Step {
  const options: CompareOptions = { ...compareOptions(resource), isCreated: true };
  const before = replaced?.fields ?? carriedFields(resource, input) ?? {};
  const takenOver = { ...carriedOver(resource, before, input.manifest.desired), ...resource.initial };
  const body = creationFields(resource.kind, resource.fields, options, takenOver);
  const differences = compareFields(resource.kind.fields, resource.fields, replaced?.fields ?? {}, options);
  const { changes, links } = compareLinks(resource, undefined, input.targets, isReplaced);
  const shown = [...differences.map((difference) => showDifference(difference, resource, input)), ...changes];
  const lostId = input.matching.gone.get(resource.address);
  const making = input.rotations.making.get(resource.address);
  const goesWithParent = reasons.has(resource.parent ?? '');
  const reason =
    reasons.get(resource.address) ??
    (lostId === undefined ? undefined : `${lostId}, which the ledger knows, is gone from the tenant`) ??
    making?.reason;
  return makeStep(replaced ? 'replace' : 'create', resource, input, shown, links, {
    ...body,
    isReplaced,
    ...(reason !== undefined && { reason }),
    // The former one stays for no overlap when it goes with its parent.
    ...(making && !goesWithParent && { extra: making.consequences }),
    ...(replaced && {
      existing: replaced,
      extra: [...(resource.kind.replacement ?? []), ...lossesOf(resource, replaced.fields)],
    }),
    ...(replaced && !goesWithParent && { deletes: deleted(resource, replaced) }),
  });
}

/** What a replacement that was cut off was about to take over from the old object. */
function carriedFields({ address }: Resource, { ledger, hashKey }: PlanInput): JsonObject | undefined {
  const carried = ledger.intents.get(address)?.carried;
  return carried === undefined ? undefined : unseal(hashKey, carried);
}

function planExisting(
  resource: Resource,
  existing: CurrentResource,
  input: PlanInput,
  { isReplaced }: Replacements,
): Step | undefined {
  const options = compareOptions(resource);
  const { desired } = input.manifest;
  const takenOver = carriedOver(resource, carriedFields(resource, input) ?? {}, desired);
  const fields =
    existing.by === 'intent'
      ? withCarried(resource.kind, resource.fields, takenOver, options)
      : resource.fields;
  const current = withoutReplaced(resource, existing, input, isReplaced);
  const differences = compareFields(resource.kind.fields, fields, current, options);
  const { changes, links } = compareLinks(resource, existing, input.targets, isReplaced);
  const shown = [...differences.map((difference) => showDifference(difference, resource, input)), ...changes];
  shown.push(...lifecycleChanges(resource, input.ledger.entries.get(resource.address)));
  // What there is one of cannot be taken over: what differs is changed.
  const isAdoptable = input.remembers && !(existing.by === 'singleton' && shown.length > 0);
  const adoption = isAdoptable ? adoptionReason(resource, existing) : undefined;
  const origin = input.moved.get(resource.address) ?? input.matching.renamed.get(resource.address);
  if (shown.length === 0 && adoption === undefined && origin === undefined) return undefined;
  const changed = new Set(differences.map(({ path }) => path[0] ?? ''));
  const type = adoption !== undefined ? 'adopt' : shown.length > 0 ? 'update' : 'move';
  const reason = adoption ?? (origin === undefined ? undefined : `was ${origin}`);
  return makeStep(type, resource, input, shown, links, {
    fields: updateFields(resource.kind, fields, surviving(resource, current), changed, options),
    lateFields: {},
    existing,
    isReplaced,
    ...(reason !== undefined && { reason }),
  });
}

const surviving = ({ kind, fields }: Resource, current: JsonObject): JsonObject =>
  kind.survives?.(fields, current) ?? current;

/** What refers to an object that goes away in this plan is lost, also where that one comes back under its address. */
function withoutReplaced(
  { kind }: Resource,
  existing: CurrentResource,
  { lists }: PlanInput,
  isReplaced: (addressOrId: string) => boolean,
): JsonObject {
  const parts = Object.keys(kind.parts ?? {}).flatMap((name): readonly (readonly [string, Json])[] => {
    const [field, value] = [kind.fields[name], existing.fields[name]];
    if (!field || value === undefined) return [];
    const kept = mapReferences(value, field, ({ address, key }) =>
      isReplaced(address) || isReplaced(existing.targets.get(address) ?? '') ? undefined : key,
    );
    return [[name, kept ?? null]];
  });
  const replaced = (kindName: string): readonly TenantObject[] =>
    (lists.get(kindName) ?? []).filter(({ id }) => isReplaced(id));
  return {
    ...existing.fields,
    ...Object.fromEntries(parts),
    ...kind.losesBy?.(existing.fields, replaced),
  };
}

/** The ids of what is written refers to. */
function targetsOf(
  { kind }: Resource,
  written: JsonObject,
  existing: CurrentResource | undefined,
  input: PlanInput,
  isReplaced: (addressOrId: string) => boolean,
): Readonly<Record<string, string>> {
  const ids = referencesOf(written, kind.fields).flatMap(({ address }) => {
    const id = isReplaced(address)
      ? undefined
      : (input.targets.idOf(address) ?? existing?.targets.get(address));
    return id === undefined ? [] : [[address, id] as const];
  });
  return Object.fromEntries(ids);
}

/** A resource that is a single link: it is there or it is not. */
function planLink(
  resource: Resource,
  existing: CurrentResource | undefined,
  input: PlanInput,
  { reasons }: Replacements,
): Step | undefined {
  const { link } = resource.kind;
  if (!link) return undefined;
  const fromAddress = linkAddress(resource, link.from);
  const toAddress = linkAddress(resource, link.to);
  const reason = reasons.get(resource.address);
  const isThere = existing !== undefined && reason === undefined;
  if (isThere && (existing.by === 'ledger' || !input.remembers)) return undefined;
  const end = (address: string): LinkEnd => {
    const id = reasons.has(address) ? undefined : input.targets.idOf(address);
    return { address, label: address, ...(id !== undefined && { id }) };
  };
  const links: LinkWork[] = isThere
    ? []
    : [{ relation: link.from.relation, add: [end(toAddress)], remove: [] }];
  const changes = isThere
    ? []
    : Object.entries(resource.fields).map(([name, after]): Change => ({ path: [name], after }));
  const step = makeStep(isThere ? 'adopt' : 'create', resource, input, changes, links, {
    fields: {},
    lateFields: {},
    ...(isThere && {
      existing,
      reason: existing.by === 'intent' ? 'was created by an apply that was cut off' : 'exists already',
    }),
    ...(reason !== undefined && { reason }),
  });
  return { ...step, from: end(fromAddress) };
}

/** A replaced object is left alone when what the manifest states of it is no longer what the plan was made from. */
const deleted = (resource: Resource, { id, parentId, fields }: CurrentResource): DeletedObject => ({
  id,
  ...(parentId !== undefined && { parentId }),
  expected: expectedFields(resource.kind, fields, Object.keys(resource.fields)),
});

/** The sections in which Logto makes something with the object, and in which only what is declared may be. */
function emptiedSections(
  { kind, address, lifecycle }: Resource,
  { manifest: { desired } }: PlanInput,
): Step['emptied'] {
  const sections = Object.entries(kind.children ?? {}).filter(
    ([section, child]) => child.comesWithParent && lifecycle.exact?.includes(section),
  );
  const entries = sections.map(([section, child]) => {
    const declared = [...desired.values()].filter(
      (other) => other.kind === child && other.parent === address,
    );
    return [section, declared.map(({ key }) => key)] as const;
  });
  return Object.fromEntries(entries);
}

function displacedBy(
  { kind }: Resource,
  fields: JsonObject,
  others: readonly TenantObject[],
  { catalogues }: PlanInput,
): Step['displaced'] {
  const displaced = kind.displaces?.(fields, others, catalogues.get(kind.name) ?? {}) ?? [];
  return displaced.map((object) => ({ id: object.id, title: titleOf(kind, object.fields) }));
}

interface StepDetails {
  readonly fields: Step['fields'];
  readonly lateFields: Step['lateFields'];
  readonly reason?: string;
  readonly existing?: CurrentResource;
  readonly isReplaced?: (addressOrId: string) => boolean;
  readonly extra?: readonly string[];
  readonly deletes?: DeletedObject;
}

function placed(change: Change, { address }: Resource, { manifest }: PlanInput): Change {
  const range = manifest.locate(address, change.path);
  if (!range) return change;
  // Without the line itself: a secret may stand in it, and a change holds none.
  const { file, line, column, endLine = line, endColumn = column } = range;
  return { ...change, source: { file, line, column, endLine, endColumn } };
}

function makeStep(
  type: ActionType,
  resource: Resource,
  input: PlanInput,
  changes: readonly Change[],
  links: readonly LinkWork[],
  { fields, lateFields, reason, existing, isReplaced = () => false, extra = [], deletes }: StepDetails,
): Step {
  const others = input.lists.get(resource.kind.name) ?? [];
  const sideEffects = resource.kind.sideEffects?.({ ...fields, ...lateFields }, existing?.id, others) ?? [];
  const isMade = type === 'create' || type === 'replace';
  const displaced = isMade ? displacedBy(resource, fields, others, input) : [];
  const parentId = resource.parent === undefined ? undefined : input.targets.idOf(resource.parent);
  return {
    action: {
      type,
      address: resource.address,
      ...(existing && { id: existing.id }),
      ...(reason !== undefined && { reason }),
      consequences: [
        ...extra,
        ...sideEffects,
        ...displaced
          .filter(({ id }) => id !== existing?.id)
          .map(({ id, title }) => `"${title}" (${id}) is deleted: Logto keeps one at a time`),
      ],
      // A new object is stated where it stands; of one that is there, each field has its own place.
      changes: type === 'create' ? changes : changes.map((change) => placed(change, resource, input)),
      ...(resource.source && { source: resource.source }),
    },
    resource,
    ...(parentId !== undefined && { parentId }),
    fields,
    lateFields,
    links,
    displaced,
    emptied: type === 'create' || type === 'replace' ? emptiedSections(resource, input) : {},
    targets: targetsOf(resource, { ...fields, ...lateFields }, existing, input, isReplaced),
    ...(deletes && { deletes }),
    isDeclared: true,
    phase: resource.kind.comesLast ? phases.declaredLast : phases.declared,
    after: prerequisitesOf(resource, input.manifest.desired),
  };
}
