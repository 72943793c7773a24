import { progressFromFlags, type LogStream } from '../../src/cli/progress';
import type { LogFlags } from '../../src/cli/options';
import type { Statistics } from '../../src/management-api/connection';
import { barText, progressLine, secondsLeft } from '../../src/render/progress-text';

/** What is written; a bar is drawn at the beginning of its line, over the last one. */
function screen(isTTY: boolean): LogStream & { readonly text: () => string } {
  let written = '';
  const write = (part: string | Uint8Array): boolean => {
    written += String(part);
    return true;
  };
  return { isTTY, columns: 60, write, text: () => written.replaceAll('\r\u001B[K', '←') };
}

const start = (flags: LogFlags, isTTY: boolean, environment: NodeJS.ProcessEnv = {}) => {
  const stream = screen(isTTY);
  return { stream, progress: progressFromFlags(flags, stream, environment) };
};
const statistics: Statistics = {
  requests: 31,
  writes: 3,
  tokens: 1,
  retries: 2,
  milliseconds: 6040,
  maxInFlight: 4,
  backOffs: 0,
  heldMilliseconds: 0,
};
const request = {
  level: 'debug',
  event: 'request',
  method: 'GET',
  path: '/api/roles',
  status: 200,
  milliseconds: 3,
  attempt: 1,
} as const;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const pass = (milliseconds: number): void => {
  jest.advanceTimersByTime(milliseconds);
};

test('work that takes no longer than a second says nothing', () => {
  for (const isTTY of [true, false]) {
    const { stream, progress } = start({}, isTTY);
    progress.stage('reading the tenant', { unit: 'requests' });
    progress.log(request);
    pass(900);
    progress.end(statistics);
    expect(stream.text()).toBe('');
  }
});

test('a terminal gets one bar that is drawn over itself, goes for what else is said, and ends with the cost', () => {
  const { stream, progress } = start({}, true);
  progress.stage('applying', { total: 8 });
  progress.advance(4);
  pass(1099);
  const bar = 'applying  ████████████░░░░░░░░░░░░  4/8  about 1 s left';
  expect(stream.text()).toBe(bar);
  progress.say('waiting for the lock');
  pass(100);
  progress.end(statistics);
  expect(stream.text()).toBe(
    `${bar}←waiting for the lock\n${bar.replace('1 s', '2 s')}←31 requests, 3 of them writes, at most 4 at once, 2 retries, 6.0 s\n`,
  );
});

test.each([
  ['a log', false, {}],
  ['a terminal with CI', true, { CI: 'true' }],
  ['a terminal that cannot draw', true, { TERM: 'dumb' }],
])('%s gets a plain line every ten seconds', (_name, isTTY, environment) => {
  const { stream, progress } = start({}, isTTY, environment);
  progress.stage('reading the tenant', { unit: 'requests' });
  for (let second = 0; second < 23; second += 1) {
    progress.log(request);
    pass(1000);
  }
  progress.end(statistics);
  progress.end(statistics);
  expect(stream.text()).toBe(
    [
      'reading the tenant: 10 requests after 10 s',
      'reading the tenant: 20 requests after 20 s',
      '31 requests, 3 of them writes, at most 4 at once, 2 retries, 6.0 s',
      '',
    ].join('\n'),
  );
});

test('with --quiet only what went wrong is said', () => {
  const { stream, progress } = start({ quiet: true }, false);
  const action = { type: 'create', address: 'roles.reader', changes: [], consequences: [] } as const;
  progress.stage('applying', { total: 2 });
  progress.outcome({ type: 'started', action });
  progress.outcome({ type: 'ended', outcome: { status: 'done', action, id: 'r1' } });
  pass(20_000);
  progress.outcome({ type: 'ended', outcome: { status: 'not-reached', action, because: 'interrupted' } });
  progress.end(statistics);
  expect(stream.text()).toBe('· roles.reader was not reached: interrupted\n');
});

test('with --log-format json each line is an event, and the cost is always told', () => {
  jest.setSystemTime(new Date('2030-01-02T03:04:05Z'));
  const { stream, progress } = start({ logFormat: 'json', logLevel: 'debug' }, true);
  const action = { type: 'create', address: 'roles.reader', changes: [], consequences: [] } as const;
  progress.log(request);
  progress.say('waiting for the lock');
  progress.outcome({ type: 'ended', outcome: { status: 'done', action, id: 'r1' } });
  progress.end(statistics);
  const time = '2030-01-02T03:04:05.000Z';
  expect(
    stream
      .text()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { time, ...request },
    { time, level: 'info', event: 'notice', message: 'waiting for the lock' },
    {
      time,
      level: 'info',
      event: 'action',
      status: 'done',
      type: 'create',
      address: 'roles.reader',
      id: 'r1',
    },
    {
      ...{ time, level: 'info', event: 'cost', requests: 31, writes: 3, retries: 2, milliseconds: 6040 },
      ...{ maxInFlight: 4, backOffs: 0, heldMilliseconds: 0 },
    },
  ]);
});

test('how long it still takes is told once enough is done to know, and no bar is wider than its terminal', () => {
  const stage = { name: 'applying', done: 2, total: 100, milliseconds: 4000 };
  expect(secondsLeft(stage)).toBeUndefined();
  expect(secondsLeft({ ...stage, done: 10 })).toBe(36);
  expect(secondsLeft({ ...stage, done: 100 })).toBeUndefined();
  expect(progressLine({ ...stage, done: 3 })).toBe('applying: 3 of 100 after 4 s, about 2 min 10 s left');
  expect(barText({ ...stage, done: 10 }, 20)).toBe('applying  ██░░░░░░░');
});
