import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTenantsFile } from '../../src/cli/tenants-file';
import { blocks, placeOf } from './pages';

const folder = mkdtempSync(join(tmpdir(), 'logto-iac-docs-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const files = blocks.filter(({ check }) => check === 'file of tenants');

test.each(files.map((block) => [placeOf(block), block] as const))(
  'the file of tenants at %s is read',
  async (_place, { text }) => {
    const path = join(folder, 'tenants.yaml');
    writeFileSync(path, text);
    const secrets = [...text.matchAll(/\benv: (\w+)/g)].map(([, name = '']) => [name, 'set']);
    const tenants = await readTenantsFile(path, Object.fromEntries(secrets) as NodeJS.ProcessEnv);
    expect(tenants).toHaveLength(secrets.length);
  },
);
