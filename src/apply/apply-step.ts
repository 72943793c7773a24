import { textOf, type JsonObject } from '../json.js';
import { kindNamed } from '../kinds/index.js';
import { mapReferences } from '../kinds/references.js';
import type { WriteApi } from '../management-api/api.js';
import type { LinkEnd, LinkWork, Step } from '../plan/plan.js';
import { createObject, type Made } from './create-object.js';
import { deleteObject, refuseChanged } from './delete-object.js';
import { writeLinks } from './write-links.js';

/** What steps need to know of each other. */
export interface Surroundings {
  /** The id of what a step has made for an address. */
  readonly madeFor: (address: string) => string | undefined;
  /** Whether an id was there before this apply, or was made by it. */
  readonly isTaken: (id: string) => boolean;
  /** Called as soon as the id of a new object is known, before anything else is done to it. */
  readonly onMade: (address: string, id: string) => void;
  /** Called when the object of an address is gone. */
  readonly onGone: (address: string) => void;
}

/**
 * Does what one step says.
 *
 * @returns the id of its object
 * @throws {ApiError} Logto refused or did not answer
 */
export async function applyStep(api: WriteApi, step: Step, surroundings: Surroundings): Promise<string> {
  const { action, resource } = step;
  const idOf = (end: LinkEnd): string => {
    const id = (end.address === undefined ? undefined : surroundings.madeFor(end.address)) ?? end.id;
    if (id === undefined) throw new Error(`${action.address}: ${end.label} has no id yet`);
    return id;
  };
  if (step.from && resource.kind.link) {
    const from = idOf(step.from);
    await writeLinks(api, kindNamed(resource.kind.link.from.kind), from, step.links, idOf);
    const to = step.links[0]?.add[0];
    return to ? `${from}/${idOf(to)}` : (action.id ?? from);
  }
  const { inCreation, afterwards } = divideLinks(step, idOf);
  const { id, isWhole } = await writeObject(api, withIds(step, surroundings), inCreation, surroundings);
  await writeLinks(api, resource.kind, id, isWhole ? afterwards : step.links, idOf, !isWhole);
  return id;
}

/** Which links of a new object its creation makes, as members of its body, and which are made afterwards. */
function divideLinks(
  { action, resource: { kind }, links }: Step,
  idOf: (end: LinkEnd) => string,
): { readonly inCreation: JsonObject; readonly afterwards: readonly LinkWork[] } {
  if (action.type !== 'create' && action.type !== 'replace') return { inCreation: {}, afterwards: links };
  const inCreation: Record<string, readonly string[]> = {};
  const afterwards: LinkWork[] = [];
  for (const work of links) {
    const member = kind.relations?.[work.relation]?.inCreation;
    // Logto takes no empty list.
    if (member === undefined || work.add.length === 0) afterwards.push(work);
    else inCreation[member] = work.add.map(idOf);
  }
  return { inCreation, afterwards };
}

/** The step with ids in place of the keys that its fields refer to. */
function withIds(step: Step, { madeFor }: Surroundings): Step {
  const { fields, lateFields, targets, resource, action } = step;
  const resolve = (values: JsonObject): JsonObject => {
    const entries = Object.entries(values).map(([name, value]) => {
      const field = resource.kind.fields[name];
      const resolved = field && mapReferences(value, field, ({ address }) => idAt(address));
      return [name, resolved ?? value] as const;
    });
    return Object.fromEntries(entries);
  };
  const idAt = (address: string): string => {
    const id = madeFor(address) ?? targets[address];
    if (id === undefined) throw new Error(`${action.address}: ${address} has no id yet`);
    return id;
  };
  return { ...step, fields: resolve(fields), lateFields: resolve(lateFields) };
}

async function writeObject(
  api: WriteApi,
  step: Step,
  links: JsonObject,
  surroundings: Surroundings,
): Promise<Made> {
  const { action, resource, fields, lateFields } = step;
  const { endpoints } = resource.kind;
  const parentId =
    (resource.parent === undefined ? undefined : surroundings.madeFor(resource.parent)) ?? step.parentId;
  switch (action.type) {
    case 'create':
    case 'replace': {
      if (step.deletes && goesByItself(step)) await refuseChanged(api, step, step.deletes);
      else if (step.deletes) {
        await deleteObject(api, step, step.deletes);
        surroundings.onGone(action.address);
      }
      const made = await createObject(api, step, parentId, links, surroundings.isTaken);
      const { id } = made;
      surroundings.onMade(action.address, id);
      if (Object.keys(lateFields).length > 0) await endpoints?.update(api, id, lateFields, parentId);
      await emptySections(api, step, id);
      return made;
    }
    case 'adopt':
    case 'update':
    case 'move':
      if (Object.keys(fields).length > 0) await endpoints?.update(api, idIn(step), fields, parentId);
      return whole(endpoints?.idAfter?.(idIn(step), fields) ?? idIn(step));
    case 'delete':
      if (step.deletes) await deleteObject(api, step, step.deletes);
      return whole(idIn(step));
  }
}

const whole = (id: string): Made => ({ id, isWhole: true });

/** Deletes what Logto has made in a new object by itself, where only what is declared may be. */
async function emptySections(
  api: WriteApi,
  { emptied, resource: { kind, fields } }: Step,
  id: string,
): Promise<void> {
  for (const [section, declared] of Object.entries(emptied)) {
    const child = kind.children?.[section];
    const made = (await child?.endpoints?.listOf?.(api, id)) ?? [];
    const strays = made.filter(
      (object) =>
        child?.comesWithParent?.(object, { id, fields }) &&
        !declared.includes(textOf(object.fields[child.keyField ?? child.title])),
    );
    for (const stray of strays) await child?.endpoints?.remove(api, stray.id, id);
  }
}

/** Whether Logto deletes the old object when the new one is made: then it stays where the new one is refused. */
const goesByItself = ({ deletes, displaced }: Step): boolean =>
  displaced.some(({ id }) => id === deletes?.id);

function idIn({ action: { id, address } }: Step): string {
  if (id === undefined) throw new Error(`${address} has no object in the tenant`);
  return id;
}
