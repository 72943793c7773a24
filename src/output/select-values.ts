import { RefusedError, UsageError } from '../errors.js';
import { closest } from '../manifest/did-you-mean.js';
import type { Asked, Available } from './value.js';

/** The name of a variable that somebody chose. */
export interface ChosenName {
  readonly variable: string;
  readonly place: string;
}

/** What somebody wants to be handed on. */
export interface Selection {
  /** Sections, addresses of resources, or single values; none means all, or what `names` has where it has any. */
  readonly only?: readonly string[];
  /** A value may have several. */
  readonly names?: readonly ChosenName[];
  readonly secrets?: boolean;
}

/** A value that is wanted. */
export interface Selected extends Available {
  readonly asked: Asked;
}

/** What is wanted, and how many secrets are left out because nobody asked for secrets. */
export interface SelectedValues {
  readonly values: readonly Selected[];
  readonly hidden: number;
}

/**
 * Picks what is wanted.
 *
 * @param stack for messages
 * @throws {UsageError} there is nothing of that name
 * @throws {RefusedError} a secret is asked for by its name, and secrets are not
 */
export function selectValues(
  available: readonly Available[],
  { only = [], names = [], secrets = false }: Selection,
  stack: string,
): SelectedValues {
  for (const word of only) refuseUnknown(word, available, stack, false);
  for (const { place } of names) refuseUnknown(place, available, stack, true);
  const isChosen = ({ place }: Available): boolean =>
    names.some((name) => name.place === place) || only.includes(place);
  const isWanted = (value: Available): boolean =>
    isChosen(value) ||
    (only.length === 0 ? names.length === 0 : only.includes(value.section) || only.includes(value.address));
  const wanted = available.filter(isWanted).map((value): Selected => ({
    ...value,
    asked: isChosen(value) ? 'value' : only.includes(value.address) ? 'resource' : 'no',
  }));
  const chosenSecret = wanted.find(({ isSecret, asked }) => isSecret && asked === 'value');
  if (chosenSecret && !secrets) {
    throw new RefusedError(
      `${chosenSecret.place} is a secret`,
      [],
      'secrets are handed on with --reveal-secrets only',
    );
  }
  const values = secrets ? wanted : wanted.filter(({ isSecret }) => !isSecret);
  return { values, hidden: wanted.length - values.length };
}

function refuseUnknown(word: string, available: readonly Available[], stack: string, isPlace: boolean): void {
  const places = available.map(({ place }) => place);
  const known = isPlace
    ? places
    : [...available.flatMap(({ section, address }) => [section, address]), ...places];
  if (known.includes(word)) return;
  const meant = closest(word, new Set(known));
  const ofResource = available.filter(({ address }) => address === word).map(({ place }) => place);
  throw new UsageError(
    `the stack "${stack}" has no ${word} to hand on`,
    meant !== undefined
      ? `did you mean "${meant}"?`
      : ofResource.length > 0
        ? `name one of its values: ${ofResource.join(', ')}`
        : 'apply first, or look at what there is with `logto-iac output --list`',
  );
}
