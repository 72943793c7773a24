import { Argument, Option, type Command } from 'commander';
import type { ReportFormat } from '../render/formats.js';
import type { GraphFormat } from '../render/graph-formats.js';
import type { Turnstile } from '../management-api/traffic.js';
import type { OutputFormat } from '../output/formats.js';

/** Options of every command that reads a manifest, as commander hands them over. */
export interface ManifestFlags {
  readonly file?: readonly string[];
  readonly recursive?: boolean;
  readonly overlay?: readonly string[];
  readonly var?: readonly string[];
  readonly stack?: string;
  readonly allowEmpty?: boolean;
}

/** How much a command says on standard error, and how. */
export interface LogFlags {
  readonly quiet?: boolean;
  readonly logLevel?: string;
  readonly logFormat?: string;
}

/** Options of every command that talks to a tenant. The secret is no flag: a command line is seen by others. */
export interface TenantFlags extends LogFlags {
  readonly endpoint?: string;
  readonly appId?: string;
  readonly tokenEndpoint?: string;
  readonly resource?: string;
  readonly concurrency?: string;
  readonly maxRequestsPerSecond?: string;
  readonly ledger?: string;
  readonly ledgerApplication?: string;
  /** No option: what the requests to other tenants pass through too. */
  readonly sharedWith?: Turnstile;
}

/** For options that may be repeated. */
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [
  ...previous,
  value,
];

/** Shells for which there is a completion. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** An option of which help and completion know the values. What it is given is checked by whoever reads it. */
export function choice(
  flags: string,
  description: string,
  choices: readonly string[],
  usual?: string,
): Option {
  const option = new Option(flags, description).default(usual);
  option.argChoices = [...choices];
  return option;
}

/** The same for an argument. */
export function choiceOf(name: string, description: string, choices: readonly string[]): Argument {
  const argument = new Argument(name, description);
  argument.argChoices = [...choices];
  return argument;
}

/** What reports can be written as. */
export const formats: readonly ReportFormat[] = [
  'text',
  'json',
  'markdown',
  'junit',
  'sarif',
  'github',
  'html',
];

export const logLevels = ['error', 'warn', 'info', 'debug'] as const;

/** `json`: one object a line. */
export const logFormats = ['text', 'json'] as const;

export const outputFormats: readonly OutputFormat[] = ['dotenv', 'env', 'shell', 'json', 'k8s-secret'];

export const graphFormats: readonly GraphFormat[] = ['mermaid', 'svg', 'html', 'json'];

/** @param kept what else than a report `--out` may write */
export const withReportOptions = (command: Command, kept = ''): Command =>
  command
    .addOption(choice('--format <format>', 'what standard output gets', formats, 'text'))
    .option(
      '--out <format:file>',
      `write a report to a file too; the format may be left out of .md, .sarif, .xml (JUnit), .html${kept}; may be repeated`,
      collect,
    );

export const withManifestOptions = (command: Command): Command =>
  command
    .option(
      '-f, --file <path>',
      'manifest file or folder, or - for standard input; may be repeated (default: logto.yaml)',
      collect,
    )
    .option('-R, --recursive', 'look into the subfolders of folders too')
    .option('--overlay <file>', 'merge this file over the manifest; may be repeated', collect)
    .option('--var <name=value>', 'value of a variable; may be repeated', collect)
    .option('--stack <name>', 'name of the stack, whatever the manifest says')
    .option('--allow-empty', 'accept a manifest that declares nothing');

export const withTenantOptions = (command: Command): Command =>
  withTransportOptions(withConnectionOptions(command));

const withConnectionOptions = (command: Command): Command =>
  command
    .option('--endpoint <url>', 'address of the tenant (LOGTO_ENDPOINT)')
    .option(
      '--app-id <id>',
      'machine-to-machine application to sign in as (LOGTO_APP_ID; its secret: LOGTO_APP_SECRET)',
    )
    .option(
      '--token-endpoint <url>',
      'where to sign in, if elsewhere: the admin endpoint for a self-hosted m-default (LOGTO_TOKEN_ENDPOINT)',
    )
    .option('--resource <indicator>', 'indicator of the Management API (LOGTO_RESOURCE)')
    .option('--ledger <home>', 'where the ledger is kept: tenant (default), file:PATH or none')
    .option(
      '--ledger-application <id>',
      'the application whose custom data keeps the ledger (default: the one that signs in)',
    );

/** How hard to ask, and what to tell of it. */
export const withTransportOptions = (command: Command): Command =>
  command
    .option(
      '--concurrency <number>',
      'requests in flight at once, at most; begins with 8, and adapts to how fast Logto answers (default: 16)',
    )
    .option('--max-requests-per-second <number>', 'send no more than so many; default: no limit')
    .option('-q, --quiet', 'say nothing of the progress, nor of what went well')
    .addOption(choice('--log-level <level>', 'how much is logged', logLevels, 'warn'))
    .addOption(choice('--log-format <format>', 'of all that is on standard error', logFormats, 'text'));

export const withLimitOptions = (command: Command): Command =>
  command
    .option('--adopt', 'take over objects that carry the name, where Logto keeps names not unique')
    .option('--allow-replace', 'do not refuse replacements')
    .option('--max-deletes <number>', 'refuse to delete and replace more than so many, instead of 30 %')
    .option(
      '--force <rule>',
      'override a safety rule: protect, replace, limit or cascade; may be repeated',
      collect,
    );

export const withLockOptions = (command: Command): Command =>
  command
    .option('--lock-timeout <seconds>', 'wait so long for a lock that somebody else holds (default: 0)')
    .option('--no-lock', 'take no lock: for tenants that have no room for one more API resource');
