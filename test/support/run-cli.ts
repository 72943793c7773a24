import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import type { Connection } from './run-emulator';

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The tenant to talk to. */
  readonly tenant?: Connection;
}

const program = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

/** Runs the built command line in a process of its own, with no terminal and nothing on its standard input. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: options.folder,
    env: { ...cleanEnvironment(), ...connectionVariables(options.tenant), ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { exitCode, stdout, stderr };
}

/** Without what the person who runs the tests has set for a tenant of their own. */
export const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LOGTO_')));

export const connectionVariables = (tenant: Connection | undefined): Readonly<Record<string, string>> =>
  tenant
    ? {
        LOGTO_ENDPOINT: tenant.url,
        LOGTO_APP_ID: tenant.appId,
        LOGTO_APP_SECRET: tenant.appSecret,
        LOGTO_RESOURCE: tenant.resource,
      }
    : {};
