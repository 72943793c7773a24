import fc from 'fast-check';
import { Concurrency, routeOf, type Observation } from '../../src/management-api/concurrency.js';

/** What is in flight at once is answered, with others waiting unless it is said otherwise. */
function answerRound(concurrency: Concurrency, milliseconds: number, what: Partial<Observation> = {}): void {
  const { limit, round } = concurrency;
  for (let count = 0; count < limit; count += 1) {
    concurrency.observe({
      route: 'roles',
      milliseconds,
      isOverloaded: false,
      round,
      isCrowded: true,
      ...what,
    });
  }
}

/** The limit at the beginning, and after a round for each of these times. */
function limitsAfter(most: number, ...rounds: readonly number[]): readonly number[] {
  const concurrency = new Concurrency(most);
  const limits = [concurrency.limit];
  // The first answer of a route is its measure.
  concurrency.observe({ route: 'roles', milliseconds: 20, isOverloaded: false, round: 0, isCrowded: true });
  for (const milliseconds of rounds) {
    answerRound(concurrency, milliseconds);
    limits.push(concurrency.limit);
  }
  return limits;
}

test('it begins with 8, and grows by a quarter while answers take no longer', () => {
  expect(limitsAfter(40, 20, 21, 29, 20, 20, 20, 20)).toEqual([8, 10, 13, 17, 22, 28, 35, 40]);
});

test('it never exceeds what it is given', () => {
  expect(limitsAfter(9, 20, 20)).toEqual([8, 9, 9]);
  expect(limitsAfter(2, 20, 20)).toEqual([2, 2, 2]);
});

test('it stays where answers take somewhat longer, and shrinks where they take three times as long', () => {
  expect(limitsAfter(40, 40, 59, 61, 200, 200, 200, 200)).toEqual([8, 8, 8, 6, 4, 4, 4, 4]);
});

test('it does not rise where nobody waits for a turn', () => {
  const concurrency = new Concurrency(40);
  for (let round = 0; round < 5; round += 1) answerRound(concurrency, 20, { isCrowded: false });
  expect(concurrency.limit).toBe(8);
});

test('times that are mostly noise are no reason to shrink', () => {
  const concurrency = new Concurrency(40);
  for (const milliseconds of [1, 20, 20, 20]) answerRound(concurrency, milliseconds);
  expect([concurrency.limit, concurrency.backOffs]).toEqual([10, 0]);
});

test('a few answers that wait for something else are no reason to shrink', () => {
  const concurrency = new Concurrency(8);
  answerRound(concurrency, 20);
  for (let count = 0; count < 40; count += 1) {
    const milliseconds = count % 3 === 0 ? 4000 : 20;
    concurrency.observe({ route: 'roles', milliseconds, isOverloaded: false, round: 0, isCrowded: true });
  }
  expect([concurrency.limit, concurrency.backOffs]).toEqual([8, 0]);
});

test('a slow route is measured by itself', () => {
  const concurrency = new Concurrency(8);
  answerRound(concurrency, 20, { route: 'roles' });
  answerRound(concurrency, 900, { route: 'sso' });
  answerRound(concurrency, 900, { route: 'sso' });
  expect([concurrency.limit, concurrency.backOffs]).toEqual([8, 0]);
});

test('refusals of one round halve it once, down to 1', () => {
  const concurrency = new Concurrency(40);
  const limits = [];
  for (let round = 0; round < 5; round += 1) {
    answerRound(concurrency, 5, { isOverloaded: true });
    limits.push(concurrency.limit);
  }
  expect([limits, concurrency.backOffs]).toEqual([[4, 2, 1, 1, 1], 3]);
});

test('what was sent before the limit changed says nothing of the new one', () => {
  const concurrency = new Concurrency(40);
  const before = concurrency.round;
  concurrency.observe({
    route: 'roles',
    milliseconds: 5,
    isOverloaded: true,
    round: before,
    isCrowded: true,
  });
  for (let count = 0; count < 100; count += 1) {
    concurrency.observe({
      route: 'roles',
      milliseconds: 20,
      isOverloaded: count % 2 === 0,
      round: before,
      isCrowded: true,
    });
  }
  expect(concurrency.limit).toBe(4);
});

test('it grows again after a refusal', () => {
  const concurrency = new Concurrency(16);
  answerRound(concurrency, 20, { isOverloaded: true });
  for (let round = 0; round < 12; round += 1) answerRound(concurrency, 20);
  expect(concurrency.limit).toBe(16);
});

test('whatever the server does, at least one and at most the given number are in flight', () => {
  const observation = fc.record({
    milliseconds: fc.nat(5000),
    isOverloaded: fc.boolean(),
    isCrowded: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.array(observation, { maxLength: 300 }),
      (most, answers) => {
        const concurrency = new Concurrency(most);
        const limits = answers.map((answer) => {
          concurrency.observe({ route: 'roles', round: concurrency.round, ...answer });
          return concurrency.limit;
        });
        expect(limits.filter((limit) => !(limit >= 1 && limit <= most))).toEqual([]);
      },
    ),
  );
});

test('requests that differ only in the object they are about are of one route', () => {
  expect(routeOf('GET', '/api/roles/abc/scopes?page=2')).toBe(routeOf('GET', '/logto/api/roles/x1/scopes'));
  expect(routeOf('POST', '/api/roles/abc/scopes')).not.toBe(routeOf('GET', '/api/roles/abc/scopes'));
  expect(routeOf('GET', '/api/roles/abc')).not.toBe(routeOf('GET', '/api/roles'));
});
