import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { manifestSchema } from '../../src/manifest/manifest-schema.js';
import { schemaFiles } from '../../src/reference/schema-files.js';
import { inEditor } from './language-server.js';

test.each([...schemaFiles()])('schema/%s is what the kinds say now (npm run schema)', (name, text) => {
  expect(readFileSync(join(__dirname, '..', '..', 'schema', name), 'utf8')).toBe(text);
});

const modeline = '# yaml-language-server: $schema=../../schema/manifest.schema.json\n';

const manifest = `stack: shop-\${var.environment}
variables:
  environment: { env: ENVIRONMENT }
  ttl: { type: number, default: 60 }
external:
  roles: { auditor: { name: Auditor } }
apiResources:
  orders:
    name: Orders
    indicator: https://orders.example
    accessTokenTtl: \${var.ttl}
    isDefault: \${var.ttl}
    scopes:
      read:
      write: { description: null }
roles:
  r:
    name: r
    description: r
    type: \${var.environment}
    scopes: { orders: [read], management-api: [all] }
applications:
  web:
    name: Web
    type: SPA
    oidcClientMetadata: { redirectUris: "\${var.ttl}" }
    customData: "\${var.ttl}"
    lifecycle: { protect: "\${var.ttl}", exact: [customData] }
roleAssignments:
moved: [{ from: roles.a, to: roles.r }]
`;

test('the published schema is a valid schema that takes what the strict one takes, and expressions', () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  const validate = ajv.compile(manifestSchema());
  validate(parse(manifest));
  expect(validate.errors).toBeNull();
  validate(parse('applications: { a: { name: 1, type: Spa, isThirdParty: "yes", x: 1 } }\nrolls: {}\n'));
  const places = new Set(validate.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`));
  expect([...places].sort()).toEqual([
    ' additionalProperties',
    '/applications/a additionalProperties',
    '/applications/a/isThirdParty pattern',
    '/applications/a/name type',
    '/applications/a/type anyOf',
    '/applications/a/type enum',
    '/applications/a/type pattern',
  ]);
});

test('an editor finds nothing wrong with a good manifest', async () => {
  expect(await inEditor(modeline + manifest, ({ diagnostics }) => diagnostics())).toEqual([]);
});

test('an editor underlines mistakes', async () => {
  const text = `${modeline}applications:
  web:
    name: 5
    type: Spa
    accessTokenTtl: 5
    oidcClientMetadata: { redirectUris: nonsense }
  new: { type: SPA }
`;
  const found = await inEditor(text, ({ diagnostics }) => diagnostics());
  const seen = found.map(
    ({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`,
  );
  expect([...seen].sort()).toEqual([
    '4:11 Incorrect type. Expected "string".',
    '5:11 Value is not accepted. Valid values: "Native", "SPA", "Traditional", "MachineToMachine", "Protected".',
    '6:5 Property accessTokenTtl is not allowed.',
    '7:41 Expected another type of value, or an expression such as ${var.name}.',
    '8:3 Missing property "name".',
  ]);
});

test('an editor completes sections, fields and choices, and explains fields', async () => {
  const text = `${modeline}applications:
  web:
    name: Web
    type: SPA
    oidc
  new:
    type: 

`;
  await inEditor(text, async (editor) => {
    expect(await editor.complete(5, 8)).toContain('oidcClientMetadata');
    expect(await editor.complete(7, 10)).toEqual([
      'Native',
      'SPA',
      'Traditional',
      'MachineToMachine',
      'Protected',
    ]);
    expect(await editor.complete(8, 0)).toEqual(
      expect.arrayContaining(['roles', 'apiResources', 'variables']),
    );
    expect(await editor.hover(4, 6)).toContain('Cannot be changed in place');
  });
});
