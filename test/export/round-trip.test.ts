import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeFolder } from '../../src/cli/write-folder';
import { adoptExported } from '../../src/export/adopt-exported';
import { exportTenant, type Export, type ExportOptions } from '../../src/export/export-tenant';
import { apply, openSession, plan } from '../../src/index';
import { kinds } from '../../src/kinds';
import { loadManifest } from '../../src/manifest/load-manifest';
import type { Manifest } from '../../src/manifest/manifest';
import type { Session } from '../../src/reconcile';
import { isLong, seed, useTenant } from '../faults/tenant';
import { fill, randomTenants } from './random-tenant';

const numRuns = Number(process.env['LOGTO_IAC_EXPORT_RUNS'] ?? (isLong ? 500 : 50));

const tenant = useTenant();
const { url: endpoint, appId, appSecret, resource } = tenant;
const inTenant = { endpoint, appId, appSecret, resource };

const everySection = kinds.filter(({ link }) => !link).map(({ name }) => name);

const parameters = (runs: number) => ({
  seed,
  numRuns: runs,
  endOnFailure: process.env['LOGTO_IAC_SHRINK'] === undefined,
});

const shapes: fc.Arbitrary<ExportOptions> = fc.record({
  layout: fc.constantFrom('single', 'by-kind'),
  contentFiles: fc.boolean(),
});

/** The manifest as somebody has it who wrote the export to a folder and set its secrets. */
async function loadExport({ files, tenant: { secrets } }: Export): Promise<Manifest> {
  const folder = await mkdtemp(join(tmpdir(), 'export-'));
  try {
    await writeFolder(folder, files);
    const environment = Object.fromEntries(secrets.map(({ env, value }) => [env, value]));
    return await loadManifest({ files: [folder], environment, variables: {}, allowEmpty: true });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const actionsOf = async (manifest: Manifest, session: Session) =>
  (await plan(manifest, session, { allowReplace: true })).plan.actions;

test(`of ${numRuns} random tenants the export leaves nothing to do, and makes an empty tenant the same`, async () => {
  let resources = 0;
  const property = fc.asyncProperty(randomTenants, shapes, async (random, shape) => {
    await tenant.reset();
    const without = openSession(inTenant, { in: 'nowhere' });
    const session = openSession(inTenant);
    const options = { ...shape, only: everySection };
    try {
      await fill(random, tenant, without);
      const exported = await exportTenant(session, options);
      resources += exported.tenant.resources.length;
      expect(exported.tenant.omissions).toEqual([]);
      const manifest = await loadExport(exported);
      await adoptExported(exported, session, false);
      expect(await actionsOf(manifest, session)).toEqual([]);

      await tenant.reset();
      const result = await apply(await plan(manifest, session), session, { lock: false });
      expect(result.outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
      expect(await actionsOf(manifest, session)).toEqual([]);
      const again = await exportTenant(session, options);
      expect(Object.fromEntries(again.files)).toEqual(Object.fromEntries(exported.files));
    } finally {
      without.tenant.close();
      session.tenant.close();
    }
  });
  await fc.assert(property, parameters(numRuns));
  console.log(`exports: ${numRuns} tenants, ${resources} resources`);
}, 3_600_000);

const someSections = fc.subarray(everySection, { minLength: 1 });
const filters = fc.subarray(['name~.', 'name~^[A-Z]', 'description~.'], { maxLength: 1 });

test('the export of some sections, or of what matches, leaves nothing to do', async () => {
  const runs = Math.ceil(numRuns / 5);
  const property = fc.asyncProperty(randomTenants, someSections, filters, async (random, only, select) => {
    await tenant.reset();
    const without = openSession(inTenant, { in: 'nowhere' });
    const session = openSession(inTenant);
    try {
      await fill(random, tenant, without);
      const exported = await exportTenant(session, { only, select });
      const manifest = await loadExport(exported);
      expect([...manifest.desired.values()].filter(({ external }) => !external)).toHaveLength(
        exported.tenant.resources.length,
      );
      await adoptExported(exported, session, false);
      expect(await actionsOf(manifest, session)).toEqual([]);
    } finally {
      without.tenant.close();
      session.tenant.close();
    }
  });
  await fc.assert(property, parameters(runs));
}, 3_600_000);
