import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import { duration, parseDuration } from './duration.js';
import { object } from './field.js';
import type { Finding } from './kind.js';

/**
 * How something that Logto knows by its name is followed by a new one, again and again. Logto has nothing of the sort: the
 * first one has the name that is declared, and each that follows the same name with its number (`main`, `main:2`, `main:3`);
 * when it was made is what Logto tells of it. So nothing has to be remembered between two runs.
 */
export interface Rotation {
  /** Milliseconds after which the newest one is followed by another. */
  readonly every: number;
  /** Milliseconds for which both are good, counted from when the new one was made. */
  readonly overlap: number;
  /** Milliseconds after which Logto itself refuses it. */
  readonly lifetime?: number;
}

export const rotate = object(
  {
    every: duration({ required: true, description: 'How old the newest one gets before a new one is made.' }),
    overlap: duration({
      required: true,
      description: 'How long the former one stays good after that. Then it is deleted.',
    }),
    lifetime: duration({
      description:
        'How old one gets before Logto itself refuses it, also if no apply has run: at least every and overlap together. Without it, one lasts until an apply deletes it.',
    }),
  },
  {
    nullable: true,
    description:
      'Makes a new one before the old one goes, by applies that run on a schedule. The names are NAME, NAME:2, NAME:3, …',
  },
);

/** The rotation that is stated; undefined where there is none. */
export function rotationOf(stated: Json | undefined): Rotation | undefined {
  if (!isObject(stated)) return undefined;
  const [every, overlap] = [parseDuration(stated.every), parseDuration(stated.overlap)];
  const lifetime = parseDuration(stated.lifetime);
  if (every === undefined || overlap === undefined) return undefined;
  return { every, overlap, ...(lifetime !== undefined && { lifetime }) };
}

/** When something ends by itself: epoch milliseconds; Infinity where it does not. */
export const endOf = ({ expiresAt }: JsonObject): number =>
  typeof expiresAt === 'number' ? expiresAt : Infinity;

/** What is said of the end of one that is made now: without a lifetime it has none. */
export const endFrom = (now: number, { lifetime }: Rotation): JsonObject => ({
  expiresAt: lifetime === undefined ? null : now + lifetime,
});

/** Every apply takes its time, and clocks differ a little. */
const minimum = { every: '1h', overlap: '5m' } as const;

/** What is wrong with a rotation whose durations are such. */
export function checkRotation({ rotate: stated, expiresAt }: JsonObject): readonly Finding[] {
  const rotation = rotationOf(stated);
  if (!rotation || !isObject(stated)) return [];
  const { every, overlap, lifetime } = rotation;
  const wrong = (name: keyof Rotation, rule: string, hint: string): Finding => ({
    code: 'wrong-value',
    severity: 'error',
    path: ['rotate', name],
    message: `rotate.${name} (${textOf(stated[name])}) ${rule}`,
    hint,
  });
  const findings = (['every', 'overlap'] as const)
    .filter((name) => rotation[name] < (parseDuration(minimum[name]) ?? 0))
    .map((name) => wrong(name, `must be ${minimum[name]} or more`, `write ${name}: ${minimum[name]}`));
  if (overlap >= every) {
    const hint = 'there would be more and more of them: shorten overlap, or lengthen every';
    findings.push(wrong('overlap', `must be shorter than rotate.every (${textOf(stated.every)})`, hint));
  }
  if (lifetime !== undefined && lifetime < every + overlap) {
    const hint = 'it would end before its overlap is over; leave some time more, for applies that run late';
    findings.push(wrong('lifetime', 'must be every and overlap together, or more', hint));
  }
  if (expiresAt !== undefined) findings.push(contradiction);
  return findings;
}

const contradiction: Finding = {
  code: 'conflict',
  severity: 'error',
  path: ['expiresAt'],
  message: 'expiresAt and rotate contradict each other: each new one would end at the same moment',
  hint: 'take expiresAt out; rotate.lifetime says how long each of them lasts',
};

/** A name is followed by a number, which begins with 2. Longer numbers, such as a date, belong to the name. */
const numbered = /^(.+):([2-9]|[1-9]\d{1,4})$/s;

/** The name of the first, second, … one. */
export const generationName = (name: string, number: number): string =>
  number === 1 ? name : `${name}:${number}`;

/** What a name says: the name that is declared, and its number, which is 1 where it has none. */
export function generationIn(name: string): { readonly base: string; readonly number: number } {
  const [, base = name, number = '1'] = numbered.exec(name) ?? [];
  return { base, number: Number(number) };
}

/** `base` and a number leave so much of a name's room. */
export const longestBase = (maxLength: number): number => maxLength - ':99999'.length;
