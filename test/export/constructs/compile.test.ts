import fc from 'fast-check';

import { constructFiles } from '../../../src/export/constructs/write-constructs';
import { manifestOf } from '../../life/live';
import { lives } from '../../life/lives';
import { awkwardKeys, documentOfKeys } from './keys';
import { layouts, specsOf, tenant } from './documents';
import { complaintsOfCompiler, inProject, writeFiles } from './programs';

test('what every kind comes to, as it is and with any values, is accepted by the compiler in its strictest setting', async () => {
  await inProject(async (folder) => {
    const documents = lives.flatMap((life) =>
      [life.full, ...fc.sample(specsOf(life), { numRuns: 1, seed: 1 })].map((spec) => manifestOf(life, spec)),
    );
    const all = [...documents, documentOfKeys(awkwardKeys), documentOfKeys(awkwardKeys)];
    for (const [at, document] of all.entries()) {
      const { files } = constructFiles(document, { tenant, layout: layouts[at % 2] ?? 'single' });
      const sources = [...files].filter(([name]) => name.endsWith('.ts'));
      writeFiles(folder, new Map(sources.map(([name, text]) => [`${at}/${name}`, text])));
      const settings = (files.get('tsconfig.json') ?? '').replace('"*.ts"', '"*/*.ts"');
      writeFiles(folder, new Map([['tsconfig.json', settings]]));
    }
    expect(await complaintsOfCompiler(folder, '--noEmit')).toBe('');
  });
}, 120_000);
