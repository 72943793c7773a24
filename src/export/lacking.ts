/** How to go on where a source holds only a part of a tenant. */
export interface Lacking {
  /** Whether an error says no more than that the source does not hold something. */
  readonly isLack: (error: unknown) => boolean;
  /** Told what of an object of a kind is left out for such an error. */
  readonly leaveOut: (kindName: string, part: string, error: unknown) => void;
}

/** A tenant holds everything, so that whatever cannot be read is a failure. */
export const nothingLacks: Lacking = { isLack: () => false, leaveOut: () => undefined };

/** Stands for what a source does not hold: neither there nor gone. */
export const notHeld = Symbol('not held');

/** What was read, or that it is not held. */
export async function ifHeld<T>(
  reading: Promise<T>,
  isLack: Lacking['isLack'],
  leaveOut: (error: unknown) => void = () => undefined,
): Promise<T | typeof notHeld> {
  try {
    return await reading;
  } catch (error) {
    if (!isLack(error)) throw error;
    leaveOut(error);
    return notHeld;
  }
}
