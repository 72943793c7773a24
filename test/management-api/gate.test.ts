import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { Gate } from '../../src/management-api/gate.js';

test('never more tasks run than the gate lets through, and every one runs', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ turns: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), { maxLength: 30 }),
      async (capacity, tasks) => {
        const gate = new Gate(capacity);
        let running = 0;
        let most = 0;
        const results = await Promise.allSettled(
          tasks.map(({ turns, fails }, index) =>
            gate.run(async () => {
              most = Math.max(most, ++running);
              for (let turn = 0; turn < turns; turn++) await setImmediate();
              running -= 1;
              if (fails) throw new Error('failed');
              return index;
            }),
          ),
        );
        expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'failed'))).toEqual(
          tasks.map(({ fails }, index) => (fails ? 'failed' : index)),
        );
        expect([most, gate.maxRunning]).toEqual([Math.min(capacity, tasks.length), most]);
      },
    ),
    { numRuns: 30 },
  );
});

test('tasks start in the order in which they came', async () => {
  const gate = new Gate(2);
  const started: number[] = [];
  await Promise.all(
    [0, 1, 2, 3, 4, 5].map((index) =>
      gate.run(async () => {
        started.push(index);
        await setImmediate();
      }),
    ),
  );
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
});

test('more places let those in who wait, and fewer let nobody in until enough have left', async () => {
  const gate = new Gate(1);
  const running: (() => void)[] = [];
  const tasks = [0, 1, 2, 3, 4].map(() =>
    gate.run(() => new Promise<void>((resolve) => running.push(resolve))),
  );
  const seen: number[] = [];
  const settle = async (): Promise<void> => {
    await setImmediate();
    seen.push(running.length);
  };
  await settle();
  gate.resize(3);
  await settle();
  gate.resize(1);
  running.shift()?.();
  await settle();
  running.shift()?.();
  await settle();
  running.shift()?.();
  await settle();
  expect([seen, gate.isCrowded]).toEqual([[1, 3, 2, 1, 1], true]);
  gate.resize(5);
  await setImmediate();
  for (const end of running) end();
  await Promise.all(tasks);
  expect([gate.isCrowded, gate.maxRunning]).toEqual([false, 3]);
});

test('the time without tasks does not count as busy', async () => {
  const gate = new Gate(1);
  expect(gate.busyMilliseconds).toBe(0);
  await gate.run(() => setImmediate());
  const busy = gate.busyMilliseconds;
  await setImmediate();
  expect(gate.busyMilliseconds).toBe(busy);
});

test('a gate that lets nothing through is refused', () => {
  expect(() => new Gate(0)).toThrow(RangeError);
  expect(() => new Gate(1.5)).toThrow(RangeError);
});
