import { createInterface } from 'node:readline/promises';

/** Asks on the terminal; only "yes" is a yes. The question goes to standard error: standard output is the result. */
export async function confirm(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const abort = new AbortController();
  // Ctrl-C and the end of the input are a no.
  prompt.once('SIGINT', () => {
    abort.abort();
  });
  prompt.once('close', () => {
    abort.abort();
  });
  try {
    const answer = await prompt.question(`${question} Only "yes" is accepted: `, { signal: abort.signal });
    return answer.trim() === 'yes';
  } catch {
    process.stderr.write('\n');
    return false;
  } finally {
    prompt.close();
  }
}
