import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs a command of logto-iac. Its output goes to the log of the job, its problems to the files of the pull request.
 *
 * @param more arguments besides those of the settings
 * @returns its exit code, the report in Markdown and the plan, each as far as it came to that, and their files
 */
export async function runProgram(program, command, settings, environment, more) {
  const folder = mkdtempSync(join(environment.RUNNER_TEMP ?? tmpdir(), 'logto-iac-'));
  const files = { report: join(folder, 'report.md'), plan: join(folder, 'plan.json') };
  const annotations = join(folder, 'annotations.txt');
  const args = [
    command,
    ...settings.files.flatMap((file) => ['-f', file]),
    ...settings.overlays.flatMap((file) => ['--overlay', file]),
    ...settings.arguments,
    ...(command === 'apply' ? ['--yes'] : []),
    ...more,
    ...['--out', `markdown:${files.report}`, '--out', `github:${annotations}`],
    ...(command === 'plan' ? ['--out', files.plan] : []),
  ];
  // What a manifest says is printed too, and must not be taken for commands to the runner.
  const token = randomUUID();
  console.log(`::stop-commands::${token}`);
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...forManifests(environment), ...settings.tenant },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [exitCode] = await once(child, 'close');
  console.log(`::${token}::`);
  const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  process.stdout.write(read(annotations) ?? '');
  const plan = read(files.plan);
  const report = withoutSecrets(read(files.report), settings);
  // The file is handed out too.
  if (report !== undefined) writeFileSync(files.report, report);
  return {
    exitCode: exitCode ?? 1,
    report,
    plan: plan === undefined ? undefined : JSON.parse(plan),
    files,
  };
}

/** Without what is GitHub's: a manifest can read the environment, and has no business with the token. */
const forManifests = (environment) =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(INPUT_|ACTIONS_|GITHUB_TOKEN$)/.test(name)),
  );

/**
 * The log of a job masks secrets, comments do not. `logto-iac` prints none; but a manifest that reads our own credentials
 * into a variable that is not sensitive could.
 */
function withoutSecrets(report, { tenant, token }) {
  const secrets = [tenant.LOGTO_APP_SECRET, token].filter((secret) => secret);
  return secrets.reduce((text, secret) => text?.replaceAll(secret, '***'), report);
}
