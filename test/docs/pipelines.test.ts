import { parse } from 'yaml';

import { blocks, placeOf, readPage } from './pages';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const ofCheck = (name: string) =>
  blocks
    .filter(({ check }) => check === name)
    .map(({ text, ...block }) => [placeOf({ text, ...block }), text] as const);

const workflows = [
  ...ofCheck('workflow'),
  ...['examples/gitops/.github/workflows/logto.yaml'].map((path) => [path, readPage(path)] as const),
];

test.each(workflows)(
  'the workflow at %s has triggers and jobs, and each step does one thing',
  (_place, text) => {
    const workflow = parse(text) as {
      readonly on: object;
      readonly jobs: Readonly<
        Record<string, { readonly 'runs-on': string; readonly steps: readonly Step[] }>
      >;
    };
    expect(Object.keys(workflow.on)).not.toEqual([]);
    const jobs = Object.values(workflow.jobs);
    expect(jobs).not.toEqual([]);
    for (const job of jobs) {
      expect(job['runs-on']).toMatch(/^ubuntu-/);
      for (const step of job.steps) expect([step.run, step.uses].filter(Boolean)).toHaveLength(1);
    }
  },
);

test.each(ofCheck('GitLab pipeline'))('the GitLab pipeline at %s is of jobs with scripts', (_place, text) => {
  const {
    image,
    before_script: before,
    ...jobs
  } = parse(text) as Readonly<Record<string, { readonly script: readonly string[] }>>;
  expect([image, before]).toEqual([expect.any(String), expect.any(Array)]);
  expect(Object.values(jobs).flatMap(({ script }) => script)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^npx logto-iac (validate|plan|apply|drift)\b/)]),
  );
});
