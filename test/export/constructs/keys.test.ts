import fc from 'fast-check';

import { constructFiles } from '../../../src/export/constructs/write-constructs';
import type { JsonObject } from '../../../src/json';
import { escapeExpressions } from '../../../src/manifest/expression';
import { expectToComeTo, layouts, tenant } from './documents';
import { awkwardKeys, documentOfKeys } from './keys';

test.each(layouts)('keys that are no names come to the same manifest, with the layout %s', (layout) => {
  const document = documentOfKeys(awkwardKeys);
  expectToComeTo(constructFiles(document, { tenant, layout }), document);
});

const anyKey = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.constantFrom(...awkwardKeys),
);

test('any keys, and any references among what they name, come to the same manifest', () => {
  const keys = fc.uniqueArray(anyKey, { minLength: 1, maxLength: 6 });
  const some = (of: readonly string[]) => fc.subarray([...of]);
  const documents = fc.tuple(keys, keys, keys).chain(([organizations, applications, roles]) =>
    fc.record({
      organizations: fc.tuple(
        ...organizations.map((key) => fc.tuple(fc.constant(key), some(applications), some(roles))),
      ),
      applications: fc.tuple(...applications.map((key) => fc.tuple(fc.constant(key), some(organizations)))),
      roles: fc.constant(roles),
    }),
  );
  fc.assert(
    fc.property(documents, fc.constantFrom(...layouts), ({ organizations, applications, roles }, layout) => {
      const escaped = (texts: readonly string[]): readonly string[] => texts.map(escapeExpressions);
      const document: JsonObject = {
        organizationRoles: Object.fromEntries(escaped(roles).map((key) => [key, { name: key }])),
        organizations: Object.fromEntries(
          organizations.map(([key, machines, given]) => [
            escapeExpressions(key),
            {
              name: 'o',
              applications: Object.fromEntries(
                escaped(machines).map((machine) => [machine, escaped(given).toSorted()]),
              ),
            },
          ]),
        ),
        applications: Object.fromEntries(
          applications.map(([key, allowed]) => [
            escapeExpressions(key),
            {
              name: 'a',
              type: 'MachineToMachine',
              accessControl: { organizations: escaped(allowed).toSorted() },
            },
          ]),
        ),
      };
      expectToComeTo(constructFiles(document, { tenant, layout }), document);
    }),
    { numRuns: process.env['LOGTO_IAC_LONG'] === undefined ? 30 : 1000 },
  );
});
