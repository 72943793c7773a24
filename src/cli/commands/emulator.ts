import type { Emulator, EmulatorOptions } from '../../emulator/start-emulator.js';
import { UsageError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { stopSignal } from '../stop-signal.js';

interface EmulatorFlags {
  readonly port: string;
  readonly data?: string;
  readonly reset?: boolean;
}

/** Serves the emulator until it is stopped. */
export async function emulator(flags: EmulatorFlags): Promise<ExitCode> {
  const port = Number(flags.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port ${flags.port} is no port`);
  const running = await start({
    port,
    ...(flags.data !== undefined && { dataDirectory: flags.data }),
    ...(flags.reset !== undefined && { reset: flags.reset }),
  });
  process.stdout.write(
    [
      `Logto emulator at ${running.url}; stop it with Ctrl-C.`,
      '',
      `export LOGTO_ENDPOINT=${running.url}`,
      `export LOGTO_APP_ID=${running.appId}`,
      `export LOGTO_APP_SECRET=${running.appSecret}`,
      `export LOGTO_RESOURCE=${running.resource}`,
      '',
    ].join('\n'),
  );
  const stop = stopSignal('stopping …');
  await new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve();
    });
  });
  stop.release();
  await running.close();
  return exitCode.done;
}

async function start(options: EmulatorOptions): Promise<Emulator> {
  const { startEmulator } = await import('../../emulator/start-emulator.js');
  const { MissingPackages } = await import('../../emulator/packages.js');
  return startEmulator(options).catch((error: unknown) => {
    if (error instanceof MissingPackages) throw new UsageError(error.message);
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const why = code === 'EACCES' ? 'must not be listened on' : 'is in use';
    throw new UsageError(
      `the port ${options.port ?? 0} ${why}`,
      'name another one with --port; 0 takes any that is free',
    );
  });
}
