import { distance } from 'fastest-levenshtein';

/** `did you mean "roles"?` when one of the names is close to the word, else undefined. */
export function didYouMean(word: string, names: Iterable<string>): string | undefined {
  const name = closest(word, names);
  return name === undefined ? undefined : `did you mean "${name}"?`;
}

/** The name that the word was probably meant to be. */
export function closest(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  // A third of the letters may differ: more than that is another word, not a slip.
  let limit = Math.max(1, Math.floor(word.length / 3));
  for (const name of names) {
    const wrong = distance(word.toLowerCase(), name.toLowerCase());
    if (name !== word && wrong <= limit && (best === undefined || wrong < limit)) {
      best = name;
      limit = wrong;
    }
  }
  return best;
}
