import { exitCode } from './exit-code.js';

/** What the environment can say: variable → what it is. */
export const environmentVariables: Readonly<Record<string, string>> = {
  LOGTO_ENDPOINT: 'address of the tenant, such as https://my-tenant.logto.app',
  LOGTO_APP_ID: 'machine-to-machine application with the role "Logto Management API access"',
  LOGTO_APP_SECRET: 'its secret; there is no option for it, because a command line is seen by others',
  LOGTO_TOKEN_ENDPOINT: 'where to sign in, if elsewhere',
  LOGTO_RESOURCE: 'indicator of the Management API, if it is not what the endpoint says',
  NO_COLOR: 'when it is not empty: no colours',
  CI: 'when it is true: plain lines in the place of progress bars',
};

/** Exit code → what it means. */
export const exitMeanings: readonly (readonly [code: number, meaning: string])[] = [
  [exitCode.done, 'done or nothing to do'],
  [exitCode.bug, 'bug'],
  [exitCode.changesFound, 'changes found'],
  [exitCode.invalidInput, 'manifest or arguments invalid'],
  [exitCode.tenantUnreachable, 'tenant unreachable or not authorised'],
  [exitCode.refused, 'refused by a safety rule'],
  [exitCode.endedPartWay, 'apply ended part-way'],
];

const meanings = (from: number, to: number): string =>
  exitMeanings
    .slice(from, to)
    .map(([code, meaning]) => `${code} ${meaning}`)
    .join(', ');

const nameWidth = Math.max(...Object.keys(environmentVariables).map(({ length }) => length));

/** Stands below the list of the commands. */
export const programHelp = `
Environment:
${Object.entries(environmentVariables)
  .map(([name, meaning]) => `  ${name.padEnd(nameWidth)}  ${meaning}`)
  .join('\n')}

Exit codes: ${meanings(0, 4)},
${meanings(4, exitMeanings.length)}.

Examples:
  logto-iac init                     write a first manifest
  logto-iac plan                     show what would be done
  logto-iac apply                    do it
  logto-iac drift                    tell whether somebody changed the tenant since
  logto-iac output                   hand on the ids of what was made
  logto-iac doctor                   tell why something does not work`;
