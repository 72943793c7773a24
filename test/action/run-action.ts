import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';

import { cleanEnvironment } from '../support/run-cli';

export const root = join(__dirname, '..', '..');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
    }[];
  };
}

export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

export interface Event {
  readonly name: string;
  readonly ref?: string;
  readonly payload?: object;
}

export interface ActionResult {
  readonly exitCode: number | null;
  /** The log of the step, with what it says on standard error. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the file holds that the output `report` names; empty where there is none. */
  readonly report: string;
}

/** Runs the steps of action.yml as a runner does: the script of each in bash, with its environment. */
export async function runAction(
  event: Event,
  inputs: Readonly<Record<string, string>>,
  given: { readonly folder: string; readonly gitHub: { readonly url: string; readonly token: string } },
  environment: Readonly<Record<string, string>> = {},
): Promise<ActionResult> {
  const temporary = mkdtempSync(join(tmpdir(), 'logto-iac-action-'));
  const file = (name: string, content = ''): string => {
    writeFileSync(join(temporary, name), content);
    return join(temporary, name);
  };
  const [output, summary] = [file('output'), file('summary')];
  const [step] = action.runs.steps;
  if (!step) throw new Error('the action has no step');
  const evaluate = (value: string): string =>
    value.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      if (expression === 'github.token') return given.gitHub.token;
      const name = expression.slice('inputs.'.length);
      const input = action.inputs[name];
      if (!expression.startsWith('inputs.') || !input) throw new Error(`the action has no ${expression}`);
      return evaluate(inputs[name] ?? input.default);
    });
  const child = spawn('bash', ['-e', '-c', `exec 2>&1\n${step.run}`], {
    cwd: given.folder,
    env: {
      ...cleanEnvironment(),
      GITHUB_ACTION_PATH: root,
      GITHUB_API_URL: given.gitHub.url,
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event.payload ?? {})),
      GITHUB_OUTPUT: output,
      GITHUB_REF: event.ref ?? '',
      GITHUB_REPOSITORY: 'acme/shop',
      GITHUB_RUN_ID: '17',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_SHA: 'c0ffee',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: given.folder,
      RUNNER_TEMP: temporary,
      ...environment,
      ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, evaluate(value)])),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [log, [exitCode]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const outputs = Object.fromEntries(
    readFileSync(output, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const { report: reportFile = '' } = outputs;
  const report = existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : '';
  const result = { exitCode, log, outputs, summary: readFileSync(summary, 'utf8'), report };
  rmSync(temporary, { recursive: true });
  return result;
}
