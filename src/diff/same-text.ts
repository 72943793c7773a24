/** What the first tenant says, in the words of the second. */
export type Translate = (text: string) => string;

/**
 * Texts that mean the same although each tenant has its own, such as host names. All are looked for at once, the longest
 * first, so that none of them changes what another one has put there.
 *
 * @param pairs a text of the first tenant, and what stands for it in the second
 */
export function translation(pairs: readonly (readonly [from: string, to: string])[]): Translate {
  const meanings = new Map(pairs.filter(([from, to]) => from !== '' && from !== to));
  if (meanings.size === 0) return (text) => text;
  const alternatives = [...meanings.keys()]
    .sort((left, right) => right.length - left.length)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const any = new RegExp(alternatives.join('|'), 'g');
  return (text) => text.replace(any, (found) => meanings.get(found) ?? found);
}
