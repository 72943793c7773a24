import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Examination, type Result } from '../../doctor/checks.js';
import { examineTenant, type Access, type Declared } from '../../doctor/examine-tenant.js';
import { checkSchemaLines } from '../../doctor/schema-line.js';
import { Problems } from '../../manifest/problems.js';
import { readSources } from '../../manifest/read-sources.js';
import { openSession } from '../../open-session.js';
import { doctorText } from '../../render/doctor-text.js';
import { count } from '../../render/count.js';
import { exitCode, exitCodeOf, type ExitCode } from '../exit-code.js';
import { defaultManifest, loadManifestFromFlags } from '../load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { checkFormat, paintFor, printJson } from '../output-format.js';
import { isMissing, settingsFromFlags } from '../session-from-flags.js';
import { schemaFile } from '../schema-file.js';

interface DoctorFlags extends ManifestFlags, TenantFlags {
  readonly format: string;
}

/** Looks at everything that a run needs, one thing after the other, and says what to do about what is wrong. */
export async function doctor(flags: DoctorFlags): Promise<ExitCode> {
  const format = checkFormat(flags.format, ['text', 'json']);
  const examination = new Examination();
  const declared = await examineManifest(examination, flags);
  const access = await examineSettings(examination, flags);
  await examineTenant(examination, access, declared);
  if ('value' in access.session) access.session.value.tenant.close();
  const { checks, failure } = examination;
  if (format === 'json') printJson({ formatVersion: 1, healthy: failure === undefined, checks });
  else process.stdout.write(doctorText(checks, paintFor(process.stdout)));
  return failure === undefined ? exitCode.done : exitCodeOf(failure);
}

/** A tenant can be looked at without a manifest. */
async function examineManifest(examination: Examination, flags: DoctorFlags): Promise<Result<Declared>> {
  const { file = [], stack, recursive = false, overlay = [] } = flags;
  const files = file.length > 0 ? file : existsSync(defaultManifest) ? [defaultManifest] : [];
  const withoutManifest = (name: string): Result<Declared> => ({
    value: { stack: name, sections: new Set() },
  });
  if (files.length === 0) {
    const none = `not checked: there is no ${defaultManifest} in this folder, and -f names none`;
    for (const check of ['manifest', 'schema'] as const) examination.leaveOut(check, none);
    return withoutManifest(stack ?? 'default');
  }
  const manifest = await examination.check('manifest', [], async () => {
    const loaded = await loadManifestFromFlags(flags);
    const managed = [...loaded.desired.values()].filter(({ external }) => !external);
    const sections = new Set(managed.map(({ kind }) => kind.name.split('.')[0] ?? kind.name));
    const message = `${count(managed.length, 'resource')} in the stack "${loaded.stack}"`;
    return { value: { stack: loaded.stack, sections }, message };
  });
  const sources = files.includes('-') ? [] : await readSources(files, overlay, recursive, new Problems());
  if (sources.length === 0) examination.skip('schema', 'manifest');
  else {
    await examination.check('schema', [], async () =>
      checkSchemaLines(sources, await readFile(schemaFile('manifest'), 'utf8')),
    );
  }
  return 'value' in manifest || stack === undefined ? manifest : withoutManifest(stack);
}

/** Whoever waits for an answer wants it soon. */
const patience = { maxRetries: 1, timeoutSeconds: 10 } as const;

async function examineSettings(examination: Examination, flags: DoctorFlags): Promise<Access> {
  const { connection, ledger, missing } = settingsFromFlags(flags);
  let session: Access['session'] = { lackingBecause: 'settings' };
  const settings = await examination.check('settings', [], () => {
    // An endpoint alone can be looked at.
    if (connection.endpoint !== '') session = { value: openSession({ ...connection, ...patience }, ledger) };
    if (missing.length > 0) throw isMissing(missing);
    return { value: undefined, message: `application ${connection.appId} at ${connection.endpoint}` };
  });
  return { session, settings };
}
