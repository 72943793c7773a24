import { CommanderError } from 'commander';
import { exitCode, exitCodeOf } from './exit-code.js';
import type { LogFlags } from './options.js';
import { makeProgram } from './program.js';

async function main(): Promise<number> {
  let ended: number = exitCode.done;
  let flags: LogFlags = {};
  try {
    const program = makeProgram((code) => (ended = code));
    program.hook('preAction', (_program, command) => {
      flags = command.opts<LogFlags>();
    });
    await program.parseAsync();
    return ended;
  } catch (error) {
    // commander has printed its own message (or the help that was asked for) already.
    if (error instanceof CommanderError) {
      if (error.code === 'commander.excessArguments') process.stderr.write(filesHint);
      return error.exitCode === 0 ? exitCode.done : exitCode.invalidInput;
    }
    const { errorText, errorLog } = await import('./report-error.js');
    process.stderr.write(flags.logFormat === 'json' ? errorLog(error) : `${errorText(error)}\n`);
    if (flags.logLevel === 'debug' && error instanceof Error && exitCodeOf(error) === exitCode.bug) {
      process.stderr.write(`${error.stack ?? ''}\n`);
    }
    return exitCodeOf(error);
  }
}

const filesHint = 'Manifests are named with -f, as in `logto-iac plan -f tenant/`.\n';

void main().then((code) => {
  process.exitCode = code;
});
