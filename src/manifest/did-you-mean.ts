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
    const wrong = slips(word.toLowerCase(), name.toLowerCase());
    if (name !== word && wrong <= limit && (best === undefined || wrong < limit)) {
      best = name;
      limit = wrong;
    }
  }
  return best;
}

/** How many letters are wrong, too many or missing. Two neighbours that were swapped are one slip, not two. */
function slips(word: string, name: string): number {
  const start = word.split('').findIndex((letter, index) => letter !== name[index]);
  const isSwap =
    start !== -1 &&
    word.slice(0, start) + word.charAt(start + 1) + word.charAt(start) + word.slice(start + 2) === name;
  return isSwap ? 1 : distance(word, name);
}
