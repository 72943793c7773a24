import type { Command } from 'commander';
import { choice, collect, withLockOptions, withTenantOptions, withTransportOptions } from './options.js';
import type { Runner } from './runner.js';

export function declareExport(program: Command, run: Runner): void {
  withLockOptions(withTenantOptions(program.command('export')))
    .description('write what the tenant holds as manifests; changes nothing in the tenant')
    .option(
      '--from <folder>',
      'read no tenant, but answers of its Management API that you have saved: GET /api/roles as roles.json; one that is empty tells which files are looked for',
    )
    .option(
      '--out <folder>',
      'where to; manifests that are there are brought up to date, line by line; without it, to standard output',
    )
    .option(
      '--only <sections>',
      'sections to export, separated by commas; users only when they are named',
      collect,
    )
    .option(
      '--select <filter>',
      'only what matches, such as name~^Shop; may be repeated, and all have to',
      collect,
    )
    .addOption(
      choice(
        '--format <format>',
        'yaml; or constructs: a TypeScript program for CDKTF',
        ['yaml', 'constructs'],
        'yaml',
      ),
    )
    .addOption(
      choice(
        '--layout <layout>',
        'single: one file; by-kind: one for each section (default: single, or as the folder has it)',
        ['single', 'by-kind'],
      ),
    )
    .option('--files', 'keep style sheets, scripts, templates and phrases in files of their own')
    .option('--reveal-secrets <file>', 'write the values of secrets to this file, readable by you alone')
    .option(
      '--adopt',
      'make what is exported ours at once: writes the ledger, and nothing else in the tenant',
    )
    .option('--stack <name>', 'name of the stack (default: "default", or what the manifests say)')
    .option('--overlay <file>', 'lies over the manifests that are there; may be repeated', collect)
    .option('--var <name=value>', 'value of a variable of manifests that are there; may be repeated', collect)
    .option('--dry-run', 'show how manifests that are there would be edited, and write nothing')
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac export --out tenant/ --adopt && logto-iac plan -f tenant/\n  logto-iac export --out tenant/ && git diff\n  logto-iac export --only roles,apiResources\n  logto-iac export --format constructs --out infra/ && cd infra && npm install && npm run synth\n  logto-iac export --from dump/ --out tenant/',
    )
    .action(run(async () => (await import('./commands/export.js')).exportCommand));
}

export function declareDiff(program: Command, run: Runner): void {
  const diff = program
    .command('diff')
    .description('compare two tenants; reads both and writes to neither (exit 2 where they differ)')
    .option(
      '--from <file>',
      'the one: a file of lines such as LOGTO_ENDPOINT=…, with LOGTO_APP_ID and LOGTO_APP_SECRET',
    )
    .option('--to <file>', 'the other, such as the one that is to become like the first')
    .option(
      '--only <sections>',
      'sections to compare, separated by commas; users and custom domains only when they are named',
      collect,
    )
    .option(
      '--select <filter>',
      'only what matches, such as name~^Shop; may be repeated, and all have to',
      collect,
    )
    .option(
      '--map <text=text>',
      'what stands in the one tenant = what is the same in the other, such as host names; may be repeated',
      collect,
    )
    .option('--secrets', 'let secrets that differ count; otherwise they are only listed')
    .addOption(choice('--format <format>', 'text or json', ['text', 'json'], 'text'));
  withTransportOptions(diff)
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac diff --from dev.env --to prod.env\n  logto-iac diff --from dev.env --to prod.env --only roles,apiResources --map dev.example.com=example.com',
    )
    .action(run(async () => (await import('./commands/diff.js')).diff));
}
