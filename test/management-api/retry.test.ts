import fc from 'fast-check';
import type { Answer } from '../../src/management-api/answer.js';
import { NoAnswerError } from '../../src/management-api/exchange.js';
import {
  defaultRetryPolicy,
  isUncertain,
  pause,
  shouldRepeat,
  waitMilliseconds,
} from '../../src/management-api/retry.js';

const answer = (status: number, headers: Answer['headers'] = {}, json?: Answer['json']): Answer => ({
  status,
  headers,
  json,
});
const reset = new NoAnswerError('socket hang up', 'ECONNRESET', true);
const refused = new NoAnswerError('connect ECONNREFUSED', 'ECONNREFUSED', false);
const untrusted = new NoAnswerError('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', false);
const usedUp = answer(429, {}, { code: 'auth.exceed_token_limit' });

test.each([
  ['a success', answer(200), { repeatable: false, creation: false, uncertain: false }],
  ['a refusal', answer(422), { repeatable: false, creation: false, uncertain: false }],
  ['a bug of the server', answer(500), { repeatable: false, creation: false, uncertain: true }],
  ['something that is not there', answer(501), { repeatable: false, creation: false, uncertain: false }],
  ['a lost gateway', answer(502), { repeatable: true, creation: false, uncertain: true }],
  ['an overloaded server', answer(503), { repeatable: true, creation: false, uncertain: true }],
  ['a gateway that gave up', answer(504), { repeatable: true, creation: false, uncertain: true }],
  [
    'a gateway of Cloudflare that gave up',
    answer(524),
    { repeatable: true, creation: false, uncertain: true },
  ],
  ['a rate limit', answer(429), { repeatable: true, creation: true, uncertain: false }],
  ['a used-up quota', usedUp, { repeatable: false, creation: false, uncertain: false }],
  ['a reset', reset, { repeatable: true, creation: false, uncertain: true }],
  ['a connection that never was', refused, { repeatable: true, creation: true, uncertain: false }],
  ['a certificate nobody trusts', untrusted, { repeatable: false, creation: false, uncertain: false }],
])('after %s', (_, outcome, expected) => {
  expect({
    repeatable: shouldRepeat(outcome, true),
    creation: shouldRepeat(outcome, false),
    uncertain: isUncertain(outcome),
  }).toEqual(expected);
});

test('the longest wait doubles up to a limit', () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8].map((attempt) =>
    waitMilliseconds(reset, attempt, defaultRetryPolicy, () => 1),
  );
  expect(longest).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
});

test('a wait is anything between nothing and the longest', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempt, random) => {
        const wait = waitMilliseconds(reset, attempt, defaultRetryPolicy, () => random);
        return wait >= 0 && wait <= 10_000;
      },
    ),
  );
});

const date = 'Mon, 23 Nov 2026 15:00:00 GMT';
test.each([
  ['seconds', { 'retry-after': '7' }, 7000],
  ['more than we endure', { 'retry-after': '3600' }, 60_000],
  ["a date, by the server's clock", { 'retry-after': 'Mon, 23 Nov 2026 15:00:10 GMT', date }, 10_000],
  ['a date that is over', { 'retry-after': 'Mon, 23 Nov 2026 14:00:00 GMT', date }, 0],
  ['a date without a clock to go by', { 'retry-after': 'Mon, 23 Nov 2020 15:00:10 GMT' }, 0],
  ['nonsense', { 'retry-after': 'soon' }, 0],
  ['nothing', {}, 0],
])('Retry-After: %s', (_, headers, expected) => {
  expect(waitMilliseconds(answer(429, headers), 1, defaultRetryPolicy, () => 0)).toBe(expected);
});

test('those who were told the same time do not come back together', () => {
  expect(waitMilliseconds(answer(429, { 'retry-after': '7' }), 1, defaultRetryPolicy, () => 0.5)).toBe(7100);
});

test('a wait ends when the signal comes, and does not begin after it', async () => {
  const stop = new AbortController();
  const wait = pause(1e9, stop.signal);
  stop.abort();
  await wait;
  await pause(1e9, stop.signal);
});
