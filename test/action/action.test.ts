import { useEmulator } from '../support/emulator';
import { connectionVariables } from '../support/run-cli';
import { useFolder } from '../cli/folder';
import { startFakeGitHub, type Entry, type FakeGitHub } from './fake-github';
import { runAction, type Event } from './run-action';

const emulator = useEmulator();
const folder = useFolder();

let gitHub: FakeGitHub;
beforeEach(async () => {
  gitHub = await startFakeGitHub();
});
afterEach(async () => {
  await gitHub.stop();
});

const run = (
  event: Event,
  inputs: Readonly<Record<string, string>> = {},
  tenant = connectionVariables(emulator),
) => runAction(event, inputs, { folder: folder.path, gitHub }, tenant);

const pullRequest: Event = { name: 'pull_request', payload: { pull_request: { number: 7 } } };
const push: Event = {
  name: 'push',
  ref: 'refs/heads/main',
  payload: { repository: { default_branch: 'main' } },
};
const schedule: Event = { name: 'schedule' };

const role = (description: string): string =>
  `roles:\n  clerk: { name: Clerk, description: ${description}, type: User }\n`;

const commentsOf = (number: number): readonly string[] =>
  (gitHub.comments.get(number) ?? []).map(({ body }) => body);

const mark = '<!-- logto-iac-action plan production -->';

test('a plan is one comment on the pull request, updated in place; what strangers write stays', async () => {
  const stranger = { user: { type: 'User' }, author_association: 'NONE' };
  const before = Array.from({ length: 120 }, (_, index): Entry => ({
    ...stranger,
    id: 1000 + index,
    number: 0,
    body: index === 3 ? mark : 'Nice',
  }));
  gitHub.comments.set(7, before);

  folder.write({ 'tenant/roles.yaml': role('Sells'), 'tenant.yaml': 'stack: shop' });
  const inputs = { name: 'production', files: 'tenant\n  tenant.yaml' };
  const first = await run(pullRequest, inputs);
  expect(first).toMatchObject({
    exitCode: 0,
    outputs: {
      command: 'plan',
      'exit-code': '0',
      changes: '1',
      digest: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      plan: expect.stringMatching(/plan\.json$/) as string,
      report: expect.stringMatching(/report\.md$/) as string,
    },
    log: expect.stringContaining('1 to create, 0 unchanged') as string,
    summary: expect.stringContaining('roles.clerk') as string,
  });
  folder.write({ 'tenant/roles.yaml': role('Sells everything') });
  expect(await run(pullRequest, inputs)).toMatchObject({ exitCode: 0 });

  expect(gitHub.writes).toEqual(['POST /issues/7/comments', 'PATCH /issues/comments/1']);
  const after = commentsOf(7);
  expect(after.slice(0, -1)).toEqual(before.map(({ body }) => body));
  expect(after.at(-1)).toMatch(
    /^<!-- logto-iac-action plan production -->\n\n<!-- digest [0-9a-f]{32} -->\n\n\*\*production\*\*\n\n[^]*Sells everything[^]*\n\n\[Log of the run\]\(https:\/\/github\.com\/acme\/shop\/actions\/runs\/17\)$/,
  );
});

test('a push to the default branch is applied, and each schedule looks for drift in one issue', async () => {
  folder.write({ 'logto.yaml': role('Sells') });
  expect(await run(push)).toMatchObject({
    exitCode: 0,
    outputs: { command: 'apply', 'exit-code': '0' },
    summary: expect.stringContaining('roles.clerk') as string,
  });

  const { body } = await emulator.request('GET', '/api/roles?page=1&page_size=100');
  const clerk = (body as readonly { readonly id: string; readonly name: string }[]).find(
    ({ name }) => name === 'Clerk',
  );
  const describe = (description: string) =>
    emulator.request('PATCH', `/api/roles/${clerk?.id ?? ''}`, { description });
  await describe('Odd jobs');
  const drifted = await run(schedule);
  expect(drifted).toMatchObject({
    exitCode: 0,
    outputs: { command: 'drift', 'exit-code': '2', drift: 'true' },
  });
  expect(await run(schedule, { 'fail-on-drift': 'true' })).toMatchObject({ exitCode: 2 });
  const [issue] = gitHub.issues;
  expect(gitHub.issues).toEqual([
    {
      ...issue,
      title: 'Logto was changed by hand',
      state: 'open',
      labels: ['logto-drift'],
      body: expect.stringMatching(
        /^<!-- logto-iac-action drift -->\n\n[^]*Odd jobs[^]*Log of the run/,
      ) as string,
    },
  ]);

  const unreachable = { ...connectionVariables(emulator), LOGTO_ENDPOINT: 'http://127.0.0.1:1' };
  expect(await run(schedule, {}, unreachable)).toMatchObject({
    exitCode: 4,
    outputs: { 'exit-code': '4', drift: 'unknown' },
  });
  expect(gitHub.issues).toEqual([issue]);

  await describe('Sells');
  expect(await run(schedule)).toMatchObject({ exitCode: 0, outputs: { drift: 'false' } });
  expect(gitHub.issues).toEqual([{ ...issue, state: 'closed', state_reason: 'completed' }]);
  const number = issue?.number ?? 0;
  expect(commentsOf(number)).toEqual([
    'The tenant is as stated again. [Log of the run](https://github.com/acme/shop/actions/runs/17)',
  ]);
  expect(gitHub.writes).toEqual([
    'POST /issues',
    `PATCH /issues/${number}`,
    `POST /issues/${number}/comments`,
    `PATCH /issues/${number}`,
  ]);
});

test('where only reviewed plans are applied, another one is refused', async () => {
  folder.write({ 'logto.yaml': role('Sells') });
  const reviewed = { reviewed: 'true' };
  expect(await run(push, reviewed)).toMatchObject({
    exitCode: 1,
    log: '::error title=logto-iac::the commit c0ffee comes from no merged pull request, so nobody has reviewed its plan\n',
  });
  gitHub.pullsOf.set('c0ffee', [{ number: 7, merged_at: '2026-11-27T03:00:00Z' }]);
  expect(await run(push, reviewed)).toMatchObject({
    exitCode: 1,
    log: '::error title=logto-iac::the pull request 7 shows no plan that could be applied; run it again there\n',
  });
  await run(pullRequest);
  folder.write({ 'logto.yaml': role('Sells everything') });
  expect(await run(push, reviewed)).toMatchObject({
    exitCode: 5,
    summary: expect.stringContaining('the plan is stale') as string,
  });
  folder.write({ 'logto.yaml': role('Sells') });
  expect(await run(push, reviewed)).toMatchObject({ exitCode: 0, outputs: { command: 'apply' } });
});

test('a pull request without credentials is validated, and its mistakes are annotated', async () => {
  folder.write({ 'logto.yaml': 'roles:\n  clerk: { name: Clerk, descriptoin: Sells }\n' });
  const { exitCode, log, outputs } = await run(pullRequest, {}, {});
  expect([exitCode, outputs.command]).toEqual([3, 'validate']);
  expect(log).toContain(
    '::notice title=logto-iac::only validated, not planned: LOGTO_ENDPOINT, LOGTO_APP_ID, LOGTO_APP_SECRET not set, as it is for pull requests from forks\n',
  );
  expect(log).toMatch(/^::error file=logto\.yaml,line=2,/m);
  expect(gitHub.writes).toEqual([]);
});

test('a plan that apply would refuse fails, and its comment says why', async () => {
  folder.write({ 'logto.yaml': 'apiResources: { orders: { name: Orders, indicator: urn:one } }' });
  await run(push);
  folder.write({ 'logto.yaml': 'apiResources: { orders: { name: Orders, indicator: urn:two } }' });
  expect(await run(pullRequest)).toMatchObject({ exitCode: 5, outputs: { 'exit-code': '0', changes: '1' } });
  expect(commentsOf(7).join('')).toContain('pass --allow-replace');
});

test('credentials that a manifest reads are in no comment, and the token of GitHub is kept from it', async () => {
  folder.write({
    'logto.yaml': `variables:
  secret: { env: LOGTO_APP_SECRET }
  token: { env: INPUT_TOKEN, default: nothing }
  other: { env: GITHUB_TOKEN, default: nothing }
${role("'${var.secret} ${var.token} ${var.other}'")}`,
  });
  const { exitCode, report } = await run(pullRequest);
  expect(exitCode).toBe(0);
  const [comment = ''] = commentsOf(7);
  // The file is an output of the step, which a workflow may keep or send.
  for (const text of [comment, report]) {
    expect(text).toContain('"*** nothing nothing"');
    expect(text).not.toContain(emulator.appSecret);
  }
});

test('a token that may not write comments is told, with the permission that it lacks', async () => {
  folder.write({ 'logto.yaml': role('Sells') });
  gitHub.mayWrite = false;
  const { exitCode, log } = await run(pullRequest);
  expect(exitCode).toBe(1);
  expect(log).toContain(
    '::error title=logto-iac::GitHub refused POST /issues/7/comments: 403 Resource not accessible by integration. Give the job `permissions: { contents: read, pull-requests: write, issues: write }`, or switch off comment and issue.\n',
  );
  expect(await run(pullRequest, { comment: 'false' })).toMatchObject({ exitCode: 0 });
});

test.each([
  [
    { name: 'pull_request_target' },
    {},
    'this does not run for pull_request_target, where a stranger could read your secrets; use pull_request',
  ],
  [
    { name: 'pull_request_target' },
    { command: 'plan' },
    'this does not run for pull_request_target, where a stranger could read your secrets; use pull_request',
  ],
  [
    { name: 'workflow_dispatch' },
    {},
    'for the event workflow_dispatch, say which command is meant: validate, plan, apply or drift',
  ],
  [
    push,
    { command: 'destroy' },
    'command is "destroy"; it has to be one of auto, validate, plan, apply, drift',
  ],
  [push, { comment: 'yes' }, 'comment is "yes"; it has to be true or false'],
  [push, { name: 'a -->' }, 'name is "a -->"; it may have letters, digits, spaces and . _ / -'],
])('on %j with %j nothing is run, and the reason is told', async (event, inputs, reason) => {
  const result = await run(event, inputs);
  expect(result).toEqual({
    exitCode: 1,
    log: `::error title=logto-iac::${reason}\n`,
    outputs: {},
    report: '',
    summary: '',
  });
});
