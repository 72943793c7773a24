import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Connection } from '../support/run-emulator';

export const program = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');

/** A process under way. */
export interface Running {
  /** Resolves once the output, of both streams together, has this text in it. */
  until(text: string): Promise<void>;
  write(text: string): void;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly output: string }>;
}

interface Options {
  readonly folder: string;
  readonly tenant: Connection;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts the command line, and leaves it running. */
export const startCli = (args: readonly string[], options: Options): Running =>
  start(process.execPath, [program, ...args], options);

/** The same on a terminal of its own (`script` of util-linux). */
export function startOnTerminal(args: readonly string[], options: Options): Running {
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(' ');
  return start('script', ['--quiet', '--return', '--command', command, '/dev/null'], options);
}

function start(
  file: string,
  args: readonly string[],
  { folder, tenant: { url, appId, appSecret, resource }, environment }: Options,
): Running {
  const child = spawn(file, args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      TERM: 'xterm',
      LOGTO_ENDPOINT: url,
      LOGTO_APP_ID: appId,
      LOGTO_APP_SECRET: appSecret,
      LOGTO_RESOURCE: resource,
      ...environment,
    },
  });
  let output = '';
  const waiting = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode: exitCode as number | null, output }));
  return {
    until: (text) =>
      Promise.race([
        new Promise<void>((resolve) => {
          const look = (): void => {
            if (!output.includes(text)) return;
            waiting.delete(look);
            resolve();
          };
          waiting.add(look);
          look();
        }),
        ended.then(() => {
          if (!output.includes(text)) throw new Error(`It ended without saying "${text}":\n${output}`);
        }),
      ]),
    write: (text) => {
      child.stdin.write(text);
    },
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
  };
}
