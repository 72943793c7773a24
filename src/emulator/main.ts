#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { MissingPackages } from './packages.js';
import { startEmulator } from './start-emulator.js';

/** Runs one emulator: prints where it is as a line of JSON, and stops on a signal or, if told so, with its stdin. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      cache: { type: 'string' },
      reset: { type: 'boolean' },
      'stop-with-stdin': { type: 'boolean' },
    },
  });
  const emulator = await startEmulator({
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.data === undefined ? {} : { dataDirectory: values.data }),
    ...(values.cache === undefined ? {} : { cacheDirectory: values.cache }),
    ...(values.reset === undefined ? {} : { reset: values.reset }),
  });
  const stop = (): void => {
    void emulator.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (values['stop-with-stdin'] === true) process.stdin.once('end', stop).resume();
  // The function that closes it is left out of JSON.
  console.log(JSON.stringify(emulator));
}

main().catch((error: unknown) => {
  console.error(error instanceof MissingPackages ? error.message : error);
  process.exitCode = 1;
});
