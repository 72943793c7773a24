import { UsageError } from '../../errors.js';
import { breakLock, findLock } from '../../state/lock.js';
import { describeHolder } from '../../state/lock-holder.js';
import { confirm } from '../confirm.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { LogFlags, ManifestFlags, TenantFlags } from '../options.js';
import { withSession } from '../with-session.js';

interface UnlockFlags extends ManifestFlags, TenantFlags {
  readonly yes?: boolean;
}

/** Breaks the lock of a stack, whoever holds it. */
export async function unlock(flags: UnlockFlags): Promise<ExitCode> {
  const stack = await stackName(flags);
  return withSession(flags, async ({ tenant }, progress) => {
    const lock = await findLock(tenant.read, stack);
    progress.pause();
    if (!lock) {
      process.stdout.write(`The stack "${stack}" is not locked.\n`);
      return exitCode.done;
    }
    progress.say(`The stack "${stack}" is locked by ${describeHolder(lock.holder)}.`);
    if (!flags.yes && !process.stdin.isTTY) throw new UsageError('there is nobody to ask', 'pass --yes');
    if (!flags.yes && !(await confirm('Break the lock?'))) return exitCode.done;
    await breakLock(tenant.write, lock);
    process.stdout.write('The lock is broken.\n');
    return exitCode.done;
  });
}

/** The name that is given, or that of the manifest. */
export async function stackName(flags: ManifestFlags & LogFlags): Promise<string> {
  if (flags.stack !== undefined && flags.file === undefined) return flags.stack;
  return (await loadManifestFromFlags({ ...flags, allowEmpty: true })).stack;
}
