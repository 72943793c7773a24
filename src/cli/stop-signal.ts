/**
 * A signal that Ctrl-C and SIGTERM abort; a second Ctrl-C ends the process at once.
 *
 * @param say tells the message
 */
export function stopSignal(
  message: string,
  say: (text: string) => void = sayOnStandardError,
): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals): void => {
    // 128 + the signal's number is what a shell shows for a process that a signal has ended.
    if (controller.signal.aborted) {
      // Whoever says something may have gathered more.
      say('Stopped at once.');
      process.exit(name === 'SIGINT' ? 130 : 143);
    }
    // A terminal shows ^C where the cursor is.
    if (process.stderr.isTTY) process.stderr.write('\n');
    say(message);
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return {
    signal: controller.signal,
    release: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}

function sayOnStandardError(text: string): void {
  process.stderr.write(`${text}\n`);
}
