import { isObject, jsonEqual, type JsonObject } from '../json.js';
import type { Resource, State } from '../state/resource.js';

/**
 * What a new object takes over from the one that it replaces: not what goes with the old object, and not what another
 * resource of the manifest claims for itself.
 */
export function carriedOver(resource: Resource, replaced: JsonObject, desired: State): JsonObject {
  const { kind, address } = resource;
  const isClaimed = (name: string): boolean =>
    [...desired.values()].some(
      (other) =>
        other.kind === kind && other.address !== address && !other.external && other.fields[name] === true,
    );
  const takenOver = kind.survives?.(resource.fields, replaced) ?? replaced;
  return Object.fromEntries(
    Object.entries(takenOver).filter(([name]) => {
      const field = kind.fields[name];
      return !lossOf(resource, name, replaced) && !(field?.exclusive && isClaimed(name));
    }),
  );
}

/** Why a field is not carried over; undefined where it is. */
function lossOf({ kind, fields }: Resource, name: string, replaced: JsonObject): string | undefined {
  const { lostWithObject, belongsTo } = kind.fields[name] ?? {};
  if (lostWithObject !== undefined || belongsTo === undefined) return lostWithObject;
  const isSame = fields[belongsTo] === undefined || jsonEqual(fields[belongsTo], replaced[belongsTo]);
  return isSame ? undefined : `it belongs to the old ${belongsTo}`;
}

/** What a replacement loses besides, each a sentence. */
export const lossesOf = (resource: Resource, replaced: JsonObject): readonly string[] =>
  Object.keys(resource.kind.fields).flatMap((name) => {
    const loss = lossOf(resource, name, replaced);
    if (loss === undefined) return [];
    const [stated, before] = [resource.fields[name], replaced[name]];
    if (stated === undefined) {
      const isNothing = isObject(before) && Object.keys(before).length === 0;
      return before && !isNothing ? [`${name} is not carried over: ${loss}`] : [];
    }
    const unstated = Object.keys(isObject(stated) && isObject(before) ? before : {}).filter(
      (key) => isObject(stated) && !Object.hasOwn(stated, key),
    );
    return unstated.map((key) => `${name}.${key} is not carried over: ${loss}`);
  });
