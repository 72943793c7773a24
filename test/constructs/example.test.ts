import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadManifest } from '../../src/manifest/load-manifest';

const root = join(__dirname, '..', '..');

test('the example of constructs is synthesised by plain node, to a manifest that is valid', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-example-'));
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'examples', 'constructs', 'main.js')], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: folder },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { desired, warnings } = await loadManifest({
    files: [join(folder, 'stacks', 'shop', 'logto')],
    variables: {
      applications_web_oidcClientMetadata_redirectUris_0: 'http://localhost:3000/callback',
      applications_web_oidcClientMetadata_postLogoutRedirectUris_0: 'http://localhost:3000',
    },
  });
  expect(warnings).toEqual([]);
  expect([...desired.keys()]).toEqual([
    'apiResources.orders-api',
    'apiResources.orders-api.scopes.orders:read',
    'apiResources.orders-api.scopes.orders:write',
    'apiResources.stock-api',
    'apiResources.stock-api.scopes.stock:read',
    'organizationScopes.place-orders',
    'roles.orders-worker',
    'roles.provisioner',
    'roles.stock-worker',
    'organizationRoles.buyer',
    'applications.orders-machine',
    'applications.stock-machine',
    'applications.web',
    'organizations.acme',
    'signInExperience',
  ]);
  rmSync(folder, { recursive: true });
});
