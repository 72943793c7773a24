import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeFiles } from '../../src/cli/write-files';
import { writeFolder } from '../../src/cli/write-folder';
import { adoptExported } from '../../src/export/adopt-exported';
import { exportTenant } from '../../src/export/export-tenant';
import { updateManifests, type Update } from '../../src/export/update-manifests';
import { openSession, plan } from '../../src/index';
import { kinds } from '../../src/kinds';
import { loadWithSources } from '../../src/manifest/load-manifest';
import type { Session } from '../../src/reconcile';
import { isLong, seed, useTenant } from '../faults/tenant';
import { fill, randomTenants, type RandomTenant } from './random-tenant';

const numRuns = Number(process.env['LOGTO_IAC_EXPORT_RUNS'] ?? (isLong ? 100 : 4));

const tenant = useTenant();
const { url: endpoint, appId, appSecret, resource } = tenant;
const inTenant = { endpoint, appId, appSecret, resource };

const only = kinds.filter(({ link }) => !link).map(({ name }) => name);

/** A tenant as it was when it was exported, and what somebody made of it since. */
const changedTenants: fc.Arbitrary<readonly [RandomTenant, RandomTenant]> = fc
  .tuple(randomTenants, randomTenants, fc.boolean())
  .map(([before, after, isAlike]) => [before, isAlike ? { ...after, lives: before.lives } : after] as const);

async function update(
  folder: string,
  session: Session,
  environment: Record<string, string>,
): Promise<Update> {
  const loadOptions = { files: [folder], environment, variables: {}, allowEmpty: true, standIns: true };
  const { manifest, sources } = await loadWithSources(loadOptions);
  const made = await updateManifests(session, {
    folder,
    only,
    ...{ manifest, sources, loadOptions },
    contentFiles: true,
    isFile: (path) => existsSync(join(folder, path)),
  });
  writeFiles([
    ...[...made.checked.edited.texts].map(([{ name: path, text: before }, text]) => ({
      path,
      text,
      before: existsSync(path) ? before : undefined,
    })),
    ...[...made.contents].map(([name, text]) => ({ path: join(folder, name), text, before: undefined })),
  ]);
  for (const { env, value } of made.secrets) environment[env] = value;
  return made;
}

test('an export over the manifests of what a random tenant was leaves nothing to do but for what it tells', async () => {
  const property = fc.asyncProperty(
    changedTenants,
    fc.constantFrom('single', 'by-kind'),
    async ([before, after], layout) => {
      await tenant.reset();
      const folder = await mkdtemp(join(tmpdir(), 'export-'));
      const without = openSession(inTenant, { in: 'nowhere' });
      const session = openSession(inTenant);
      try {
        await fill(before, tenant, without);
        const exported = await exportTenant(session, { only, layout, contentFiles: true });
        await writeFolder(folder, exported.files);
        await adoptExported(exported, session, false);
        const environment = Object.fromEntries(exported.secrets.map(({ env, value }) => [env, value]));
        await fill(after, tenant, without);

        const made = await update(folder, session, environment);
        const { manifest } = await loadWithSources({
          files: [folder],
          environment,
          variables: {},
          allowEmpty: true,
        });
        const told = new Set(made.left.map(({ address }) => address));
        const { actions } = (await plan(manifest, session, { adopt: true, allowReplace: true })).plan;
        if (process.env['SHOW'])
          console.log(
            made.checked.made.length,
            made.left.map(({ problem }) => problem.message),
          );
        expect(
          actions.filter(({ type, address }) => type !== 'adopt' && type !== 'create' && !told.has(address)),
        ).toEqual([]);
        const again = await update(folder, session, environment);
        expect(again.checked.made).toEqual([]);
      } finally {
        without.tenant.close();
        session.tenant.close();
        await rm(folder, { recursive: true });
      }
    },
  );
  await fc.assert(property, { seed, numRuns, endOnFailure: process.env['LOGTO_IAC_SHRINK'] === undefined });
}, 3_600_000);
