import { compareClocks } from '../../src/doctor/clock';

const second = 1000;
const at = 1_800_000_000_000;

test.each([
  ['the same second', 0, 0],
  ['the Date header leaves out the part of a second', 999, 0],
  ['an answer that took long leaves room', 0, 20 * second],
  ['five seconds and less are no difference', 5 * second, 0],
])('clocks agree: %s', (_, ahead, duration) => {
  const serverTime = Math.floor((at - ahead) / second) * second;
  expect(compareClocks({ askedAt: at, answeredAt: at + duration, serverTime })).toEqual({
    value: undefined,
    message: 'this machine and the server agree on the time',
  });
});

test.each([
  [95 * second, 'the clock of this machine is 95 seconds behind that of the server'],
  [-95 * second, 'the clock of this machine is 94 seconds ahead of that of the server'],
  [-600 * second, 'the clock of this machine is 10 minutes ahead of that of the server'],
  [7200 * second, 'the clock of this machine is 2 hours behind that of the server'],
  [-365 * 86_400 * second, 'the clock of this machine is 365 days ahead of that of the server'],
])('a server that is %d ms away is told as a warning', (difference, message) => {
  expect(compareClocks({ askedAt: at, answeredAt: at, serverTime: at + difference })).toEqual({
    value: undefined,
    message,
    remedy: 'set the one that is wrong (by NTP): certificates, and secrets that end, are judged by both',
  });
});

test('a server without a Date is told as a warning', () => {
  expect(compareClocks({ askedAt: at, answeredAt: at, serverTime: undefined })).toMatchObject({
    message: 'the server tells no time (there is no Date in its answers)',
    remedy: expect.stringContaining('proxy') as string,
  });
});
