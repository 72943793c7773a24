import { Pace } from '../../src/management-api/pace.js';

/** A pace whose clock goes on only while somebody waits. */
function paceOf(perSecond: number) {
  let now = 1000;
  const waits: number[] = [];
  const wait = async (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
    await Promise.resolve();
    if (signal?.aborted) return;
    waits.push(milliseconds);
    now += milliseconds;
  };
  const pace = new Pace(perSecond, () => now, wait);
  const signal = new AbortController().signal;
  /** When it was its turn, after the beginning. */
  const turn = async (): Promise<number> => {
    await pace.turn(signal);
    return now - 1000;
  };
  return { pace, turn, waits, pass: (milliseconds: number) => (now += milliseconds) };
}

test('without a limit nobody waits', async () => {
  const { pace, turn, waits } = paceOf(Infinity);
  expect(await Promise.all([turn(), turn(), turn()])).toEqual([0, 0, 0]);
  expect([waits, pace.heldMilliseconds]).toEqual([[], 0]);
});

test('turns are evenly spaced, the first one at once', async () => {
  const { turn, waits } = paceOf(4);
  await Promise.all([turn(), turn(), turn(), turn()]);
  expect(waits).toEqual([250, 250, 250]);
  expect(await turn()).toBe(1000);
});

test('what was not used is not saved up', async () => {
  const { turn, pass } = paceOf(0.5);
  await turn();
  pass(60_000);
  expect(await turn()).toBe(60_000);
  expect(await turn()).toBe(62_000);
});

test('while the server wants to hear nothing, nobody has a turn', async () => {
  const { pace, turn, waits } = paceOf(Infinity);
  pace.hold(3000);
  pace.hold(500);
  expect(await Promise.all([turn(), turn()])).toEqual([3000, 3000]);
  expect([waits, pace.heldMilliseconds]).toEqual([[3000], 6000]);
  expect(await turn()).toBe(3000);
});

test('those who wait already are held too, and go one by one afterwards', async () => {
  const { pace, turn } = paceOf(10);
  await turn();
  const others = [turn(), turn()];
  pace.hold(1000);
  await Promise.all(others);
  expect(await turn()).toBe(1200);
});

test('nobody waits once we are told to stop', async () => {
  const { pace, waits } = paceOf(1);
  const stop = new AbortController();
  await pace.turn(stop.signal);
  stop.abort();
  await Promise.all([pace.turn(stop.signal), pace.turn(stop.signal)]);
  expect(waits).toEqual([]);
});
