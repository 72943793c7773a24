import { isObject, type Json } from '../json.js';

/** What has to be added to a set, and taken out of it, so that it is as wanted. */
export interface SetChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export const setChange = (current: readonly string[], wanted: readonly string[]): SetChange => ({
  add: [...new Set(wanted)].filter((item) => !current.includes(item)),
  remove: current.filter((item) => !wanted.includes(item)),
});

/** The texts of a list; none where there is no list. */
export const textsOf = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];

/** The member of an object, or undefined. */
export const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;
