import { ManifestError } from '../../errors.js';
import { count } from '../../render/count.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags } from '../options.js';
import { checkFormat, printJson } from '../output-format.js';

/** Checks a manifest offline. */
export async function validate(flags: ManifestFlags & { format: string }): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  if (format === 'text') {
    const { desired, stack } = await loadManifestFromFlags(flags);
    const managed = [...desired.values()].filter((resource) => !resource.external).length;
    process.stdout.write(`Valid: ${count(managed, 'resource')} in the stack "${stack}".\n`);
    return exitCode.done;
  }
  try {
    const { warnings } = await loadManifestFromFlags(flags);
    printJson({ formatVersion: 1, valid: true, problems: warnings });
    return exitCode.done;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    printJson({ formatVersion: 1, valid: false, problems: error.problems });
    return exitCode.invalidInput;
  }
}
