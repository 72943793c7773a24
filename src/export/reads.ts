import { ApiError } from '../errors.js';

/** Told while what belongs to single objects is read. */
export type OnRead = (done: number, total: number) => void;

export type Count = <T>(reading: Promise<T>) => Promise<T>;

export function countReads(onRead: OnRead): Count {
  let [done, total] = [0, 0];
  return async (reading) => {
    total += 1;
    try {
      return await reading;
    } finally {
      done += 1;
      onRead(done, total);
    }
  };
}

/** Undefined where the object went away since it was listed. */
export async function unlessGone<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404 && error.code !== '') return undefined;
    throw error;
  }
}
