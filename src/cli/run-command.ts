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
  // Before it runs: a signal that meets nobody would end us and leave the command behind.
  const signals = holdSignals();
  const child = spawn(command, { shell: true, stdio: 'inherit', env });
  signals.sendTo((signal) => child.kill(signal));
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (cause) {
    // The command is not repeated: people write secrets into such.
    throw new UsageError(
      `the command of --exec cannot be run: ${(cause as NodeJS.ErrnoException).code ?? 'no shell'}`,
    );
  } finally {
    signals.release();
  }
}

interface HeldSignals {
  /** Hands on what has come, and what comes. */
  sendTo(receiver: (signal: NodeJS.Signals) => void): void;
  release(): void;
}

function holdSignals(): HeldSignals {
  const held: NodeJS.Signals[] = [];
  let send = (signal: NodeJS.Signals): void => {
    held.push(signal);
  };
  const take = (signal: NodeJS.Signals): void => {
    // A terminal sends it to all who run there; twice would end at once what wants to end in peace.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) send(signal);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, take);
  return {
    sendTo: (receiver) => {
      send = receiver;
      for (const signal of held.splice(0)) send(signal);
    },
    release: () => {
      for (const name of names) process.off(name, take);
    },
  };
}
