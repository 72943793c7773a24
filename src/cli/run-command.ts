import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { UsageError } from '../errors.js';

/** What this tool itself signs in with, and values of sensitive variables: not for the programs that it starts. */
const isOwn = (name: string): boolean =>
  name === 'LOGTO_APP_ID' || name === 'LOGTO_APP_SECRET' || name.startsWith('LOGTO_IAC_VAR_');

/**
 * Runs a command of the shell with more variables in its environment, and waits for it. Signals that we get are for it.
 *
 * @returns its exit code; 128 and the number of the signal where one has ended it, as in a shell
 * @throws {UsageError} there is no shell
 */
export async function runCommand(
  command: string,
  variables: Readonly<Record<string, string>>,
): Promise<number> {
  const inherited = Object.entries(process.env).filter(([name]) => !isOwn(name));
  const env = { ...Object.fromEntries(inherited), ...variables };
  const child = spawn(command, { shell: true, stdio: 'inherit', env });
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (cause) {
    // The command is not repeated: people write secrets into such.
    throw new UsageError(
      `the command of --exec cannot be run: ${(cause as NodeJS.ErrnoException).code ?? 'no shell'}`,
    );
  } finally {
    stopForwarding();
  }
}

function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const forward = (signal: NodeJS.Signals): void => {
    // A terminal sends it to all who run there; twice would end at once what wants to end in peace.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}
