#!/usr/bin/env node
import { optimizeLater } from './optimize-later.js';
import { ownVersion } from './version.js';

// What starts first is small, because V8 reads over a whole file before its first line runs, and run.js has a megabyte.
const [first, ...others] = process.argv.slice(2);
const asksForVersion = (first === '--version' || first === '-V') && others.length === 0;

// A reader that closes the pipe early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

if (asksForVersion) process.stdout.write(`${ownVersion()}\n`);
else {
  // The emulator lives long enough for every optimization.
  if (first !== 'emulator') optimizeLater();
  void import('./run.js');
}
