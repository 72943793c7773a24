import { text } from './field.js';

const minute = 60_000;
const units: Readonly<Record<string, number>> = {
  m: minute,
  h: 60 * minute,
  d: 24 * 60 * minute,
  w: 7 * 24 * 60 * minute,
};

/** Months and years are of no fixed length, so there are none. */
const pattern = '^[1-9][0-9]{0,4}[mhdw]$';

/** Milliseconds of a duration such as `90d`, `12h`, `2w` or `30m`; undefined where a text is none. */
export function parseDuration(duration: unknown): number | undefined {
  if (typeof duration !== 'string' || !new RegExp(pattern).test(duration)) return undefined;
  return Number(duration.slice(0, -1)) * (units[duration.slice(-1)] ?? Number.NaN);
}

/** A duration in words of a manifest, rounded down to its largest unit; weeks are told in days. */
export function durationText(milliseconds: number): string {
  const unit = ['d', 'h', 'm'].find((letter) => milliseconds >= (units[letter] ?? minute)) ?? 'm';
  return `${Math.floor(milliseconds / (units[unit] ?? minute))}${unit}`;
}

/** A field that holds a duration. */
export const duration = <const T extends { readonly description: string; readonly required?: true }>(
  traits: T,
) =>
  text({
    ...traits,
    pattern,
    patternMeans: 'must be a duration in minutes, hours, days or weeks, such as 30m, 12h, 90d or 2w',
    examples: ['12h', '90d', '2w'],
  });
