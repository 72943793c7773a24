import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { action, root } from './run-action';

/** Asks action/decide.mjs, which is no part of what is compiled, about all cases at once. */
function decide(
  cases: readonly (readonly [settings: object, environment: object, event: object])[],
): unknown {
  const program = `
    import { decide } from ${JSON.stringify(join(root, 'action', 'decide.mjs'))};
    const cases = ${JSON.stringify(cases)};
    console.log(JSON.stringify(cases.map((arguments_) => decide(...arguments_))));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }),
  ) as unknown;
}

test('the event says what is run, unless the input does', () => {
  const repository = { default_branch: 'main' };
  const tenant = { LOGTO_ENDPOINT: 'https://shop.logto.app', LOGTO_APP_ID: 'a', LOGTO_APP_SECRET: 's' };
  const auto = { command: 'auto', tenant };
  const withoutSecret = { command: 'auto', tenant: { ...tenant, LOGTO_APP_SECRET: '' } };
  const on = (name: string, ref = '') => ({ GITHUB_EVENT_NAME: name, GITHUB_REF: ref });
  expect(
    decide([
      [auto, on('pull_request'), {}],
      [withoutSecret, on('pull_request'), {}],
      [auto, on('push', 'refs/heads/main'), { repository }],
      [auto, on('push', 'refs/heads/feature'), { repository }],
      [auto, on('push', 'refs/tags/main'), { repository }],
      [auto, on('merge_group'), {}],
      [auto, on('schedule'), {}],
      [{ command: 'apply', tenant }, on('workflow_dispatch'), {}],
    ]),
  ).toEqual([
    { command: 'plan' },
    {
      command: 'validate',
      notice: 'only validated, not planned: LOGTO_APP_SECRET not set, as it is for pull requests from forks',
    },
    { command: 'apply' },
    { command: 'validate' },
    { command: 'validate' },
    { command: 'validate' },
    { command: 'drift' },
    { command: 'apply' },
  ]);
});

test('every input reaches the script, and every output comes from it', () => {
  const [step] = action.runs.steps;
  const given = Object.values(step?.env ?? {}).map(
    (value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1],
  );
  expect([...given, 'working-directory'].sort()).toEqual(Object.keys(action.inputs).sort());
  for (const [name, { value }] of Object.entries(action.outputs)) {
    expect(value).toBe(`\${{ steps.${step?.id ?? ''}.outputs.${name} }}`);
  }
});
