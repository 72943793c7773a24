import { ManifestError } from '../../errors.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags } from '../options.js';
import { outputsOf, type ReportFlags } from '../outputs.js';
import { reportingFailures, writeReports } from '../write-reports.js';

/** Checks a manifest offline. */
export async function validate(flags: ManifestFlags & ReportFlags): Promise<ExitCode> {
  const outputs = await outputsOf(flags);
  try {
    return await reportingFailures('validate', outputs, async () => {
      const { desired, stack, warnings } = await loadManifestFromFlags(flags);
      const resources = [...desired.values()].filter((resource) => !resource.external).length;
      await writeReports(outputs, {
        type: 'validate',
        command: 'validate',
        stack,
        resources,
        problems: warnings,
      });
      return exitCode.done;
    });
  } catch (error) {
    // Who reads a format for machines has been told already.
    if (error instanceof ManifestError && outputs.format !== 'text') return exitCode.invalidInput;
    throw error;
  }
}
