import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

import { blocks, placeOf, readPage, root } from './pages';

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly steps: readonly Step[] }>>;
}

/** Blocks that say so, and files, each with its place. */
const pipelines = (check: string, ...files: readonly string[]) => [
  ...blocks.filter((block) => block.check === check).map((block) => [placeOf(block), block.text] as const),
  ...files.map((path) => [path, readPage(path)] as const),
];

const { inputs } = parse(readPage('action.yml')) as { readonly inputs: object };

test.each(pipelines('workflow', 'examples/gitops/.github/workflows/logto.yaml'))(
  'the workflow at %s has triggers, and steps of which each does one thing that there is',
  (_place, text) => {
    const workflow = parse(text) as Workflow;
    expect(workflow.on).toBeTruthy();
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
    const known = steps.filter(({ run, uses, with: given = {} }) => {
      if (uses === undefined) return run !== undefined;
      if (!uses.includes('/logto-iac@')) return /^actions\/(checkout|setup-node)@v\d+$/.test(uses);
      return Object.keys(given).every((name) => Object.hasOwn(inputs, name));
    });
    expect(known).toEqual(steps);
    expect(steps.some(({ run = '', uses = '' }) => `${run}${uses}`.includes('logto-iac'))).toBe(true);
  },
);

test.each(pipelines('GitLab pipeline', 'examples/gitops/.gitlab-ci.yml'))(
  'the jobs of the GitLab pipeline at %s plan, apply and look for drift',
  (_place, text) => {
    const { image, ...rest } = parse(text) as { readonly image: string } & Readonly<
      Record<string, { readonly script?: readonly string[]; readonly extends?: string }>
    >;
    expect(image).toMatch(/^node:\d+$/);
    const jobs = Object.entries(rest).filter(([, { script }]) => script !== undefined);
    const names = jobs.map(([name]) => name).filter((name) => name !== 'validate');
    expect(names).toEqual(['plan', 'apply', 'drift']);
    for (const [name, { script = [], extends: base }] of jobs) {
      expect(script[0]).toMatch(new RegExp(`^npx logto-iac ${name}\\b`));
      expect(base === undefined || Object.hasOwn(rest, base)).toBe(true);
    }
  },
);

test('the hooks for pre-commit are those that the pages name', () => {
  const hooks = parse(readPage('.pre-commit-hooks.yaml')) as readonly { readonly id: string }[];
  const named = pipelines('pre-commit configuration').flatMap(([, text]) => {
    const { repos } = parse(text) as {
      readonly repos: readonly { readonly hooks: readonly { id: string }[] }[];
    };
    return repos.flatMap((repository) => repository.hooks.map(({ id }) => id));
  });
  expect(named).toEqual(hooks.map(({ id }) => id));
});

test('the image is made of files that there are and that Docker is given, and does not run as root', () => {
  const lines = readPage('Dockerfile').split('\n');
  const copied = lines.flatMap((line) => {
    const [, names = ''] = /^COPY (?!--from)(.+) \S+$/.exec(line) ?? [];
    return names.split(' ').filter((name) => name !== '');
  });
  const given = [...readPage('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, name = '']) => name);
  expect([...copied, ...given].filter((name) => !existsSync(join(root, name)))).toEqual([]);
  expect(copied.filter((name) => name !== '.' && !given.includes(name))).toEqual([]);
  expect(lines.filter((line) => /^(USER|ENTRYPOINT)/.test(line))).toEqual([
    'USER node',
    'ENTRYPOINT ["logto-iac"]',
  ]);
});
