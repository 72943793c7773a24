import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags } from '../options.js';
import { checkFormat } from '../output-format.js';

/** Prints what files, overlays and variables come to. */
export async function render(flags: ManifestFlags & { format: string }): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['yaml', 'json']);
  const manifest = await loadManifestFromFlags(flags);
  const { renderManifest } = await import('../../manifest/render-manifest.js');
  process.stdout.write(renderManifest(manifest, format));
  return exitCode.done;
}
