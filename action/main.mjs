// What action.yml runs: decides by the event what to do, lets logto-iac do it, and tells GitHub what came of it.
import { appendFileSync, readFileSync } from 'node:fs';
import { decide } from './decide.mjs';
import { updateIssue } from './drift-issue.mjs';
import { findProgram } from './find-program.mjs';
import { gitHub } from './github.mjs';
import { updateComment } from './plan-comment.mjs';
import { reviewedDigest } from './reviewed-digest.mjs';
import { runProgram } from './run-program.mjs';
import { readSettings } from './settings.mjs';

/** Lines of a workflow command are one, and its signs must not be read as another command. */
const inCommand = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const annotate = (level, text) => console.log(`::${level} title=logto-iac::${inCommand(text)}`);

async function main(environment) {
  const settings = readSettings(environment);
  const event = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH, 'utf8'));
  const { command, notice } = decide(settings, environment, event);
  if (notice !== undefined) annotate('notice', notice);
  const api = gitHub(environment, settings.token);
  const more =
    command === 'apply' && settings.reviewed
      ? ['--digest', await reviewedDigest(api, environment.GITHUB_SHA, settings.name)]
      : [];
  const ran = await runProgram(findProgram(environment), command, settings, environment, more);
  appendFileSync(environment.GITHUB_OUTPUT, outputsOf(command, ran));
  if (ran.report !== undefined) appendFileSync(environment.GITHUB_STEP_SUMMARY, ran.report);
  const text =
    ran.report ?? `\`logto-iac ${command}\` ended with exit code ${ran.exitCode} before it could report.\n`;
  if (command === 'plan' && settings.comment && event.pull_request !== undefined) {
    await updateComment(api, event.pull_request.number, settings.name, text, ran.plan);
  }
  const isDrifted = command === 'drift' ? driftOf(ran) : undefined;
  if (isDrifted !== undefined && settings.issue) await updateIssue(api, settings.name, isDrifted, text);
  return exitCodeOf(command, ran, settings);
}

/** Undefined where drift could not be looked for: then nobody knows. */
const driftOf = ({ exitCode }) => ({ 0: false, 2: true })[exitCode];

function outputsOf(command, { exitCode, plan, files }) {
  const outputs = {
    command,
    'exit-code': exitCode,
    report: files.report,
    ...(plan && { changes: plan.actions.length, digest: plan.digest, plan: files.plan }),
    ...(command === 'drift' && { drift: driftOf({ exitCode }) ?? 'unknown' }),
  };
  return Object.entries(outputs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** A plan that apply will refuse fails here, before it is merged. */
function exitCodeOf(command, { exitCode, plan }, { failOnDrift }) {
  if (command === 'plan' && exitCode === 0 && plan.blocked.length > 0) return 5;
  return command === 'drift' && exitCode === 2 && !failOnDrift ? 0 : exitCode;
}

try {
  process.exitCode = await main(process.env);
} catch (error) {
  annotate('error', error.message);
  process.exitCode = 1;
}
