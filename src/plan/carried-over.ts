import type { JsonObject } from '../json.js';
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
      return !field?.lostWithObject && !(field?.exclusive && isClaimed(name));
    }),
  );
}

/** What a replacement loses besides, each a sentence. */
export const lossesOf = ({ kind, fields }: Resource, replaced: JsonObject): readonly string[] =>
  Object.entries(kind.fields)
    .filter(([name, { lostWithObject }]) => lostWithObject && fields[name] === undefined && replaced[name])
    .map(([name, { lostWithObject = '' }]) => `${name} is not carried over: ${lostWithObject}`);
