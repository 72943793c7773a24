import { placeOf, toJson, type LocatedMap } from './located.js';
import { stackPattern } from './manifest-schema.js';
import type { Problems } from './problems.js';

const hint = 'use 1 to 64 letters, digits, "-", "_" or "."';

/** The name of the stack: the option, else `stack:`, else `default`. */
export function readStack(root: LocatedMap, option: string | undefined, problems: Problems): string {
  const entry = root.entries.get('stack');
  const stated = entry && toJson(entry.value);
  const isBroken = entry?.value.type === 'scalar' && entry.value.broken === true;
  if (entry && !isBroken && !isStackName(stated)) {
    const isSecret = entry.value.type === 'scalar' && entry.value.secret === true;
    const named = isSecret ? 'this value' : JSON.stringify(stated);
    problems.error(
      'wrong-value',
      `${named} cannot be the name of a stack`,
      placeOf({ ...entry, found: true }),
      hint,
    );
  }
  if (option !== undefined && !isStackName(option)) {
    problems.error('wrong-value', `${JSON.stringify(option)} cannot be the name of a stack`, undefined, hint);
  }
  return option ?? (isStackName(stated) ? stated : 'default');
}

const isStackName = (value: unknown): value is string =>
  typeof value === 'string' && new RegExp(stackPattern).test(value);
