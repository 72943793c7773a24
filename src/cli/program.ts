import { Command } from 'commander';
import { declareCompletion } from './declare-completion.js';
import { declareDiff, declareExport } from './declare-export.js';
import { declareDoctor, declareOutput } from './declare-output.js';
import {
  choice,
  choiceOf,
  collect,
  graphFormats,
  withLimitOptions,
  withLockOptions,
  withManifestOptions,
  withReportOptions,
  withTenantOptions,
} from './options.js';
import { programHelp } from './program-help.js';
import type { Run, Runner } from './runner.js';
import { schemaNames } from './schema-file.js';
import { ownVersion } from './version.js';

/**
 * The command line, without running it.
 *
 * @param onExitCode is given what a command ended with: an exit code of ours, or what the command of `output --exec` did
 */
export function makeProgram(onExitCode: (code: number) => void): Command {
  const program = new Command('logto-iac')
    .description('Infrastructure as code for the configuration of a Logto tenant.')
    .version(ownVersion(), '-V, --version')
    .showHelpAfterError('(logto-iac COMMAND --help shows how it is used)')
    .addHelpText('after', programHelp)
    .exitOverride();
  const run =
    <Flags>(load: () => Promise<Run<Flags>>) =>
    async (...given: unknown[]): Promise<void> => {
      const flags = given.at(-2) as Flags;
      const argument = given.length > 2 ? (given[0] as string | undefined) : undefined;
      const command = await load();
      onExitCode(await command(flags, argument));
    };
  for (const declare of [
    declareFiles,
    declareTenant,
    declareExport,
    declareOutput,
    declareDiff,
    declareGraph,
    declareOwnership,
    declareDoctor,
    declareTools,
    declareCompletion,
  ])
    declare(program, run);
  return program;
}

function declareFiles(program: Command, run: Runner): void {
  program
    .command('init')
    .description('write a first manifest, its editor schema and an example of the environment')
    .argument('[folder]', 'where to; default: this folder')
    .option('--stack <name>', 'name of the stack', 'default')
    .addHelpText('after', '\nExample:\n  logto-iac init tenant && cd tenant && logto-iac validate')
    .action(run(async () => (await import('./commands/init.js')).init));
  withReportOptions(withManifestOptions(program.command('validate')), ', .json and .txt')
    .description('check a manifest without talking to a tenant')
    .addHelpText('after', '\nExample:\n  logto-iac validate -f tenant/ --overlay prod.yaml')
    .action(run(async () => (await import('./commands/validate.js')).validate));
  withManifestOptions(program.command('render'))
    .description('print the manifest with files, overlays and variables put together, secrets masked')
    .addOption(choice('--format <format>', 'what standard output gets', ['yaml', 'json'], 'yaml'))
    .addHelpText(
      'after',
      '\nExample:\n  logto-iac render --overlay prod.yaml --var appUrl=https://app.example.com',
    )
    .action(run(async () => (await import('./commands/render.js')).render));
}

function declareTenant(program: Command, run: Runner): void {
  withReportOptions(
    withLimitOptions(withTenantOptions(withManifestOptions(program.command('plan')))),
    '; any other file keeps the plan itself, for `apply FILE`: it holds no secret',
  )
    .description('show what apply would do; writes nothing to the tenant')
    .option('--detailed-exitcode', 'exit 2 when there is something to do')
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac plan --out plan.json && logto-iac apply plan.json\n  logto-iac plan --out markdown:comment.md --out plan.html --out plan.sarif',
    )
    .action(run(async () => (await import('./commands/plan.js')).plan));
  withReportOptions(
    withLockOptions(withLimitOptions(withTenantOptions(withManifestOptions(program.command('apply'))))),
    ', .json and .txt',
  )
    .description('make the tenant as stated')
    .argument('[plan]', 'a plan kept by `plan --out`: applied only if it is still the same')
    .option('--yes', 'do not ask')
    .option('--digest <digest>', 'apply only the plan with this digest')
    .option('--ids <file>', 'write the ids of what the stack owns there, as JSON: address → id')
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac apply\n  logto-iac apply plan.json\n  logto-iac apply --yes -f tenant/',
    )
    .action(run(async () => (await import('./commands/apply.js')).apply));
  withReportOptions(
    withLockOptions(withTenantOptions(withManifestOptions(program.command('drift')))),
    ', .json and .txt',
  )
    .description('tell whether the tenant has been changed since the last apply (exit 2)')
    .option('--pending', 'let what is not applied yet count too')
    .option('--undeclared', 'list the objects that this stack neither declares nor owns')
    .option('--accept', 'take over into the manifests what the tenant has; what cannot be is told (exit 2)')
    .option('--accept-deletions', 'with --accept: also take out what is gone from the tenant')
    .option('--dry-run', 'with --accept: show what would be edited, and write nothing')
    .option('--tenants <file>', 'check every tenant that this file names, and report on all of them')
    .option(
      '--concurrency-in-all <number>',
      'with --tenants: requests in flight at once, at most (default: 32)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac drift -f tenant/ || notify\n  logto-iac drift -f tenant/ --accept && git diff\n  logto-iac drift -f tenant/ --tenants tenants.yaml',
    )
    .action(run(async () => (await import('./commands/drift.js')).drift));
}

function declareGraph(program: Command, run: Runner): void {
  withTenantOptions(withManifestOptions(program.command('graph')))
    .description('draw who can reach what: applications, roles, permissions, API resources')
    .option('--tenant', 'of what the tenant holds, whoever manages it, instead of a manifest')
    .option('--users', 'with --tenant: users too')
    .addOption(choice('--format <format>', 'what standard output gets', graphFormats, 'mermaid'))
    .option(
      '--out <format:file>',
      'write to a file instead; the format may be left out of .html, .svg, .mmd and .json; may be repeated',
      collect,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac graph -f tenant/ --out access.html\n  logto-iac graph --tenant --format svg > access.svg',
    )
    .action(run(async () => (await import('./commands/graph.js')).graph));
}

function declareOwnership(program: Command, run: Runner): void {
  withReportOptions(
    withLockOptions(withLimitOptions(withTenantOptions(withManifestOptions(program.command('destroy'))))),
    ', .json and .txt',
  )
    .description('delete everything that the stack owns')
    .option('--yes', 'do not ask')
    .option('--reset', 'give what there is one of in each tenant the values of a new tenant')
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac destroy -f tenant/\n  logto-iac destroy --stack preview-42 --yes',
    )
    .action(run(async () => (await import('./commands/destroy.js')).destroy));
  withReportOptions(
    withLockOptions(withLimitOptions(withTenantOptions(withManifestOptions(program.command('adopt'))))),
    ', .json and .txt',
  )
    .description(
      'make objects that exist already ours: writes only the ledger, changes nothing in the tenant',
    )
    .option('--dry-run', 'show the mapping and write nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  logto-iac adopt -f tenant/ --dry-run')
    .action(run(async () => (await import('./commands/adopt.js')).adopt));
  const ledger = program
    .command('ledger')
    .description('look at the record of what a stack owns, save it, restore it')
    .addHelpText('after', '\nExample:\n  logto-iac ledger show -f tenant/');
  withTenantOptions(withManifestOptions(ledger.command('show')))
    .description('which address owns which object')
    .addHelpText('after', '\nExample:\n  logto-iac ledger show -f tenant/')
    .action(run(async () => (await import('./commands/ledger.js')).show));
  withTenantOptions(withManifestOptions(ledger.command('export')))
    .description('print the ledger as JSON')
    .addHelpText('after', '\nExample:\n  logto-iac ledger export --stack acme > acme.json')
    .action(run(async () => (await import('./commands/ledger.js')).exportLedger));
  withTenantOptions(withManifestOptions(ledger.command('import')))
    .description('put an exported ledger in the place of the one that there is')
    .argument('[file]', 'what `ledger export` printed, or - for standard input', '-')
    .option('--yes', 'do not ask')
    .addHelpText(
      'after',
      '\nExample:\n  logto-iac ledger export --stack acme > acme.json && logto-iac ledger import acme.json',
    )
    .action(run(async () => (await import('./commands/ledger.js')).importLedger));
  withTenantOptions(withManifestOptions(program.command('unlock')))
    .description('break the lock of a stack')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  logto-iac unlock --stack acme')
    .action(run(async () => (await import('./commands/unlock.js')).unlock));
}

function declareTools(program: Command, run: Runner): void {
  program
    .command('schema')
    .description('print the JSON Schema of manifests (for editors), or of what a command prints as JSON')
    .addArgument(choiceOf('[which]', schemaNames.join(', '), schemaNames).default('manifest'))
    .addHelpText('after', '\nExample:\n  logto-iac schema > logto.schema.json')
    .action(run(async () => (await import('./commands/schema.js')).schema));
  program
    .command('emulator')
    .description('serve a double of the Management API, for trying things out')
    .option('--port <number>', 'where to listen', '3301')
    .option('--data <folder>', 'keep the data there')
    .option('--reset', 'start with a fresh tenant')
    .addHelpText('after', '\nExample:\n  logto-iac emulator --port 3301 --data .emulator')
    .action(run(async () => (await import('./commands/emulator.js')).emulator));
}
