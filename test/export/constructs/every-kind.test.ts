import fc from 'fast-check';

import { constructFiles } from '../../../src/export/constructs/write-constructs';
import type { JsonObject } from '../../../src/json';
import { manifestOf } from '../../life/live';
import { lives } from '../../life/lives';
import { expectToComeTo, layouts, specsOf, tenant } from './documents';
import { isFormatted } from './is-formatted';

const isLong = process.env['LOGTO_IAC_LONG'] !== undefined;
const allLives = lives.map((life) => [[life.kind, life.shape].filter(Boolean).join(', '), life] as const);

async function expectGoodProgram(document: JsonObject, layout: (typeof layouts)[number]): Promise<void> {
  const written = constructFiles(document, { tenant, layout });
  expectToComeTo(written, document);
  for (const [name, text] of written.files) {
    if (name.endsWith('.ts'))
      expect({ text, formatted: await isFormatted(text) }).toEqual({ text, formatted: true });
  }
}

test.each(allLives)(
  '%s, with any values, comes to the same manifest, and is formatted',
  async (_name, life) => {
    for (const layout of layouts) await expectGoodProgram(manifestOf(life, life.full), layout);
    await fc.assert(
      fc.asyncProperty(specsOf(life), fc.constantFrom(...layouts), (spec, layout) =>
        expectGoodProgram(manifestOf(life, spec), layout),
      ),
      { numRuns: isLong ? 100 : 2 },
    );
  },
);
