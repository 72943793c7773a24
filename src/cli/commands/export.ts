import { UsageError } from '../../errors.js';
import { exportTenant, type ExportOptions } from '../../export/export-tenant.js';
import { deliver, formatOf, layoutOf, takeOver, tell, type ExportFlags } from '../deliver-export.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { growHeapSlowly } from '../heap.js';
import { manifestsIn } from '../manifests-in.js';
import { refuseUnrevealable } from '../reveal-secrets.js';
import { withSession } from '../with-session.js';

/** Writes what a tenant holds as manifests. */
export async function exportCommand(flags: ExportFlags): Promise<ExitCode> {
  const { out, from } = flags;
  const options = optionsOf(flags);
  await growHeapSlowly();
  await refuseUnrevealable(flags);
  const isAnew = out === undefined || from !== undefined || options.format === 'constructs';
  const existing = isAnew ? [] : await manifestsIn(out, flags.overlay);
  if (!isAnew && existing.length > 0) {
    return (await import('./export-update.js')).exportUpdate({ ...flags, out }, existing);
  }
  refuseWithoutManifests(flags);
  if (from !== undefined) {
    const { exportFromFolder } = await import('./export-saved.js');
    return exportFromFolder(from, options, flags);
  }
  return withSession(flags, async (session, progress) => {
    const exported = await exportTenant(session, {
      ...options,
      onRead: (done, total) => {
        progress.advance(done, total);
      },
    });
    progress.pause();
    const written = await deliver(exported, flags, progress.say);
    if (flags.adopt) await takeOver(exported, session, flags, progress);
    tell(exported, written, flags, progress.say);
    return exitCode.done;
  });
}

function optionsOf(flags: ExportFlags): ExportOptions {
  const { only, select, stack, files = false } = flags;
  return {
    format: formatOf(flags),
    layout: layoutOf(flags),
    contentFiles: files,
    ...(stack !== undefined && { stack }),
    ...(only && { only }),
    ...(select && { select }),
  };
}

/** @throws {UsageError} an option is for manifests that are there already */
function refuseWithoutManifests({ out, from, format, overlay, var: variables, dryRun }: ExportFlags): void {
  const flag = overlay ? '--overlay' : variables ? '--var' : dryRun ? '--dry-run' : undefined;
  if (flag === undefined) return;
  const why =
    from !== undefined || format === 'constructs'
      ? `${from === undefined ? 'constructs are' : 'what --from reads is'} written anew`
      : out === undefined
        ? 'without --out DIR there are none'
        : `there are none in ${out}`;
  throw new UsageError(`${flag} is for manifests that are brought up to date, and ${why}`);
}
