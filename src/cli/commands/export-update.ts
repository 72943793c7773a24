import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environmentExample, withMissingNames } from '../../export/environment-files.js';
import { updateManifests, type Update } from '../../export/update-manifests.js';
import { updateText } from '../../render/update-text.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadSourcesFromFlags, type LoadedManifest } from '../load-manifest-from-flags.js';
import { paintFor } from '../output-format.js';
import type { Progress } from '../progress.js';
import { revealSecrets } from '../reveal-secrets.js';
import { stopSignal } from '../stop-signal.js';
import { withSession } from '../with-session.js';
import { textBefore, writeFiles, type FileChange } from '../write-files.js';
import { layoutOf, takeOver, tellOmissions, type ExportFlags } from '../deliver-export.js';

interface UpdateFlags extends ExportFlags {
  readonly out: string;
}

/** Brings manifests that are there already up to what the tenant holds. */
export async function exportUpdate(flags: UpdateFlags, existing: readonly string[]): Promise<ExitCode> {
  const { out, only, select, layout, files = false, adopt = false, dryRun = false } = flags;
  const loaded = await loadExisting(flags, existing);
  return withSession(flags, async (session, progress) => {
    const update = await updateManifests(session, {
      folder: out,
      ...{ manifest: loaded.manifest, sources: loaded.sources, loadOptions: loaded.options },
      contentFiles: files,
      isFile: (path) => existsSync(join(out, path)),
      ...(layout !== undefined && { layout: layoutOf(flags) }),
      ...(only && { only }),
      ...(select && { select }),
      onRead: (done, total) => {
        progress.advance(done, total);
      },
    });
    progress.pause();
    const changes = fileChanges(out, update);
    if (!dryRun) {
      await revealSecrets(flags, update.secrets, progress.say, ' that the manifests do not name already');
      write(changes, progress);
      if (adopt) await takeOver(update.exported, session, flags, progress);
    }
    tellOmissions(update.exported.tenant, progress.say);
    const paths = changes.map(({ path }) => path);
    process.stdout.write(updateText(update, paths, dryRun, paintFor(process.stdout)));
    return update.left.length > 0 ? exitCode.changesFound : exitCode.done;
  });
}

const loadExisting = (
  { overlay, var: variables, stack, quiet, logLevel, logFormat }: UpdateFlags,
  existing: readonly string[],
): Promise<LoadedManifest> =>
  loadSourcesFromFlags(
    {
      file: existing,
      allowEmpty: true,
      ...(overlay && { overlay }),
      ...(variables && { var: variables }),
      ...(stack !== undefined && { stack }),
      ...(quiet !== undefined && { quiet }),
      ...(logLevel !== undefined && { logLevel }),
      ...(logFormat !== undefined && { logFormat }),
    },
    { standIns: true },
  );

/** Ctrl-C waits until all files are written. */
function write(changes: readonly FileChange[], { say }: Progress): void {
  const stop = stopSignal('finishing what is under way …', say);
  try {
    writeFiles(changes);
  } finally {
    stop.release();
  }
}

function fileChanges(folder: string, { checked, contents, secrets }: Update): readonly FileChange[] {
  const manifests = [...checked.edited.texts].map(([{ name: path, text: before }, text]) => ({
    path,
    text,
    before: existsSync(path) ? before : undefined,
  }));
  const named = [...contents].map(([name, text]) => ({ path: join(folder, name), text, before: undefined }));
  return [...manifests, ...named, ...exampleChange(folder, secrets)];
}

function exampleChange(folder: string, secrets: Update['secrets']): readonly FileChange[] {
  if (secrets.length === 0) return [];
  const path = join(folder, '.env.example');
  const before = textBefore(path);
  const text = before === undefined ? environmentExample(secrets) : withMissingNames(before, secrets);
  return text === before ? [] : [{ path, text, before }];
}
