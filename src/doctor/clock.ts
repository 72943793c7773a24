import type { Found } from './checks.js';

/** When something was asked and answered by our clock, and what the server's said; epoch milliseconds. */
export interface ClockReading {
  readonly askedAt: number;
  readonly answeredAt: number;
  /** In whole seconds; undefined where it tells no time. */
  readonly serverTime: number | undefined;
}

const toleratedMilliseconds = 5000;

/** Compares the clock of the server with ours, as closely as one answer allows. */
export function compareClocks({ askedAt, answeredAt, serverTime }: ClockReading): Found<undefined> {
  const found = (message: string, remedy?: string): Found<undefined> => ({
    value: undefined,
    message,
    remedy,
  });
  if (serverTime === undefined) {
    return found(
      'the server tells no time (there is no Date in its answers)',
      'a proxy takes it out: let it through, because what hangs on time goes by the clock of this machine without it',
    );
  }
  // The header leaves out the part of the second.
  const early = serverTime - answeredAt;
  const late = serverTime + 1000 - askedAt;
  const difference = early > 0 ? early : late < 0 ? late : 0;
  if (Math.abs(difference) <= toleratedMilliseconds)
    return found('this machine and the server agree on the time');
  const seconds = Math.round(Math.abs(difference) / 1000);
  return found(
    `the clock of this machine is ${inWords(seconds)} ${difference > 0 ? 'behind' : 'ahead of'} that of the server`,
    'set the one that is wrong (by NTP): certificates, and secrets that end, are judged by both',
  );
}

const inWords = (seconds: number): string => {
  if (seconds < 120) return `${seconds} seconds`;
  if (seconds < 2 * 3600) return `${Math.round(seconds / 60)} minutes`;
  return seconds < 2 * 86_400
    ? `${Math.round(seconds / 3600)} hours`
    : `${Math.round(seconds / 86_400)} days`;
};
