import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { loadManifest } from '../../src/index';
import { blocks, placeOf, root } from './pages';

const programs = blocks.filter(({ language }) => language === 'js');

test.each(programs.map((block) => [placeOf(block), block.text] as const))(
  'the constructs at %s come to a manifest that is valid',
  async (_place, program) => {
    const folder = mkdtempSync(join(tmpdir(), 'logto-iac-program-'));
    try {
      // In the folder of the package, which may refer to itself by its name.
      await promisify(execFile)(process.execPath, ['-e', program], {
        cwd: root,
        env: { ...process.env, CDKTF_OUTDIR: folder },
      });
      const { desired, warnings } = await loadManifest({ files: [join(folder, 'stacks', 'shop', 'logto')] });
      expect([...desired.keys()]).toEqual([
        'apiResources.orders',
        'apiResources.orders.scopes.orders:read',
        'roles.order-worker',
        'applications.worker',
      ]);
      expect(warnings).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

// That programs in TypeScript compile against the package is checked where it is packed: test/package/check-tarball.mjs.
test('every program in TypeScript uses the package by its name', () => {
  const others = blocks.filter(
    ({ language, text }) => language === 'ts' && !text.includes("from 'logto-iac'"),
  );
  expect(others.map(placeOf)).toEqual([]);
});
