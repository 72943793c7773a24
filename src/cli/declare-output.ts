import type { Command } from 'commander';
import { choice, collect, outputFormats, withManifestOptions, withTenantOptions } from './options.js';
import type { Runner } from './runner.js';

export function declareOutput(program: Command, run: Runner): void {
  withTenantOptions(withManifestOptions(program.command('output')))
    .description('hand on ids, addresses and, on request, secrets of what the stack owns; only reads')
    .option('--list', 'show what there is, with the names of the variables and without values')
    .option(
      '--only <what>',
      'sections, addresses or single values, separated by commas; may be repeated (default: all)',
      collect,
    )
    .option(
      '--name <NAME=value>',
      'what a variable is called, as in APP_ID=applications.worker.clientId; may be repeated; without --only nothing else is handed on',
      collect,
    )
    .option('--prefix <text>', 'put before the names of all other variables, such as VITE_')
    .option('--reveal-secrets', 'secrets too: client secrets, signing keys of webhooks')
    .addOption(choice('--format <format>', 'how they are written (default: dotenv)', outputFormats))
    .option('--to <file>', 'write them there instead, readable by you alone')
    .option('--exec <command>', 'run a command of the shell with them in its environment, and end as it does')
    .option('--secret-name <name>', 'of the Secret that k8s-secret makes (default: logto-STACK)')
    .option('--namespace <name>', 'of that Secret')
    .addHelpText(
      'after',
      [
        '\nExamples:',
        '  logto-iac output --list',
        '  logto-iac output --reveal-secrets --only applications.worker --to worker.env',
        '  logto-iac output --reveal-secrets --name APP_ID=applications.worker.clientId \\',
        "    --name APP_SECRET=applications.worker.clientSecret --exec 'node server.js'",
        '  logto-iac output --stack acme --reveal-secrets --format k8s-secret | kubectl apply -f -',
        '',
        'With --stack no manifest is needed. The command of --exec gets everything of the environment but LOGTO_APP_ID,',
        'LOGTO_APP_SECRET and LOGTO_IAC_VAR_…: what this tool itself signs in with is not for others.',
      ].join('\n'),
    )
    .action(run(async () => (await import('./commands/output.js')).output));
}

export function declareDoctor(program: Command, run: Runner): void {
  withTenantOptions(withManifestOptions(program.command('doctor')))
    .description('look what keeps this tool from its work, and tell what to do about it; only reads')
    .addOption(choice('--format <format>', 'what standard output gets', ['text', 'json'], 'text'))
    .addHelpText('after', '\nExamples:\n  logto-iac doctor\n  logto-iac doctor -f tenant/ --format json')
    .action(run(async () => (await import('./commands/doctor.js')).doctor));
}
