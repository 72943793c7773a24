import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Connection {
  readonly url: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly resource: string;
}

export interface RunningEmulator {
  readonly connection: Connection;
  readonly stop: () => Promise<void>;
}

/** The built emulator's executable. */
export const emulatorMain = join(__dirname, '..', '..', 'dist', 'emulator', 'main.js');

/** Runs the built emulator in a process of its own, which ends with ours. */
export async function runEmulator(...options: readonly string[]): Promise<RunningEmulator> {
  const child = spawn(process.execPath, [emulatorMain, '--port', '0', '--stop-with-stdin', ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(child.stdout, 'data').then(([text]) => String(text)),
    exited.then(([code]) => Promise.reject(new Error(`The emulator ended with exit code ${String(code)}.`))),
  ]);
  return {
    connection: JSON.parse(line) as Connection,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
