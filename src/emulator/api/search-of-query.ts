import type { Match, MatchMode, Search } from '../database/search-condition.js';
import { RequestError } from '../http/request-error.js';

const matchModes: readonly MatchMode[] = ['exact', 'like', 'similar_to', 'posix'];

/**
 * The search in the parameters of a list: `search`, `search.<field>`, `mode`, `mode.<field>`, `joint`, `isCaseSensitive`.
 *
 * @throws {TypeError} it makes no sense
 * @see packages/core/src/utils/search.ts in logto-io/logto: parseSearchParamsForSearch
 */
export function searchOfQuery(parameters: URLSearchParams): Search {
  const modes = new Map<string | undefined, MatchMode>();
  const values = new Map<string | undefined, string[]>();
  const joint = jointOf(parameters.get('joint') ?? parameters.get('jointMode'));
  for (const [key, value] of parameters) {
    // Logto looks at the beginning of the name only, so that any parameter `mode…` or `search…` counts.
    if (key.startsWith('mode')) modes.set(fieldOf(key), modeOf(value));
    else if (key.startsWith('search')) {
      const field = fieldOf(key);
      values.set(field, [...(values.get(field) ?? []), value]);
    }
  }
  return {
    joint,
    isCaseSensitive: isYes(parameters.get('isCaseSensitive')),
    matches: [...values].map(([field, sought]) =>
      matchOf(field, modes.get(field) ?? modes.get(undefined) ?? 'like', sought),
    ),
  };
}

/** Runs a search; where Logto handles what it cannot search for, that is a 400 and not a 500. */
export async function refusingBadSearch<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError)
      throw new RequestError('request.invalid_input', { details: error.message });
    throw error;
  }
}

/** @see `yes` in @silverhand/essentials */
export const isYes = (value: string | null | undefined): boolean =>
  ['1', 'true', 'y', 'yes', 'yep', 'yeah'].includes(value?.toLowerCase() ?? '');

function matchOf(field: string | undefined, mode: MatchMode, values: readonly string[]): Match {
  if (mode !== 'exact' && values.length !== 1) {
    throw new TypeError('Only one search value is allowed when search mode is not `exact`.');
  }
  if (values.includes('')) throw new TypeError('Search value cannot be empty.');
  return field === undefined ? { mode, values } : { mode, values, field };
}

function fieldOf(key: string): string | undefined {
  const path = key.split('.');
  if (path.length > 2) throw new TypeError('Only the first level field is supported.');
  return path[1];
}

function jointOf(value: string | null): Search['joint'] {
  if (value === null || value === '') return 'or';
  if (value !== 'and' && value !== 'or') throw new TypeError(`Search joint mode \`${value}\` is not valid.`);
  return value;
}

function modeOf(value: string): MatchMode {
  const mode = matchModes.find((known) => known === value);
  if (mode === undefined) throw new TypeError(`Search match mode \`${value}\` is not valid.`);
  return mode;
}
