import * as fc from 'fast-check';
import { parse } from 'yaml';
import { ManifestError } from '../../src/errors.js';
import { load, places, problemsOf, sentences } from './manifest-texts.js';

const role = 'roles:\n  a: { name: a, description: a }\n';

test('anchors, aliases and merge keys work, and mistakes in them are told where they are written', async () => {
  const text = `applications:
  a: &app
    name: one
    type: SPA
    oidcClientMetadata: &oidc { redirectUris: [https://a.example], postLogoutRedirectUris: [] }
  b: { <<: *app, name: two }
  c:
    name: three
    type: Traditional
    oidcClientMetadata: *oidc
  d: { <<: [{ name: first }, *app], description: d }
`;
  const { desired } = await load(text);
  const oidcClientMetadata = { redirectUris: ['https://a.example'], postLogoutRedirectUris: [] };
  expect([...desired.values()].map(({ fields }) => fields)).toEqual([
    { name: 'one', type: 'SPA', oidcClientMetadata },
    { name: 'two', type: 'SPA', oidcClientMetadata },
    { name: 'three', type: 'Traditional', oidcClientMetadata },
    { name: 'first', type: 'SPA', description: 'd', oidcClientMetadata },
  ]);
  const wrong = text.replace('[https://a.example]', '[5]');
  expect(places(await problemsOf(load(wrong)))).toEqual(
    // Once for each resource that it is in: the message names the resource.
    ['a', 'b', 'c', 'd'].map(() => 'a.yaml:5:48 wrong-type'),
  );
});

test('a billion laughs are refused at the alias that goes too far', async () => {
  const levels = ['a: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 10; level += 1) {
    levels.push(`k${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ')}]`);
  }
  const problems = await problemsOf(load(levels.join('\n')));
  expect(sentences(problems)).toEqual([
    expect.stringMatching(/^a\.yaml:6:\d+ the aliases of this file stand for more than 500000 values$/),
  ]);
});

test.each([
  ['an alias without an anchor', 'roles: *nobody\n', ['a.yaml:1:8 there is no &nobody before *nobody']],
  [
    'an alias inside its own anchor',
    'roles: &r { a: *r }\n',
    ['a.yaml:1:16 *r stands inside the value that &r marks: it has no end'],
  ],
  [
    'a duplicate key',
    `${role}  a: { name: b, description: b }\n`,
    ['a.yaml:3:3 the key "a" is written twice; first at a.yaml:2:3 (remove or rename one of them)'],
  ],
  [
    'a tab as indentation',
    'roles:\n\ta: 1\n',
    ['a.yaml:2:1 broken YAML: a tab is used as indentation (indent with spaces)'],
  ],
  [
    'a quote that does not end',
    'stack: "x\nroles: {}\n',
    [expect.stringContaining('a text that begins with a quote does not end (close the quote)')],
  ],
  ['a bracket that does not end', 'roles: { a: [1, 2 }\n', [expect.stringContaining('broken YAML')]],
  [
    'a colon too many',
    'roles:\n  a:\n    name: x: y\n',
    [expect.stringMatching(/^a\.yaml:3:11 broken YAML: a key inside the value of another key/)],
  ],
  [
    'an expression without quotes in a list',
    'roles:\n  a: { name: ${var.x} }\n',
    [
      expect.stringMatching(
        /an expression inside \[ \] or \{ \} is not in quotes \(write "\$\{var\.name\}"\)$/,
      ),
    ],
  ],
  [
    'an unknown tag',
    'roles:\n  a: !secret { name: a, description: a }\n',
    [expect.stringMatching(/^a\.yaml:2:6 the tag !secret is not known/)],
  ],
  [
    'a binary value',
    'roles:\n  a: { name: !!binary aGk=, description: a }\n',
    [expect.stringContaining('the tag !!binary is not known')],
  ],
  [
    'a number that JSON cannot hold',
    'applications:\n  a: { name: a, type: SPA, customData: { x: .inf, y: .nan } }\n',
    [
      'a.yaml:2:45 .inf is not a number that JSON can hold',
      'a.yaml:2:54 .nan is not a number that JSON can hold',
    ],
  ],
  [
    'a number that would be rounded',
    'applications:\n  a: { name: a, type: SPA, customData: { x: 12345678901234567890 } }\n',
    ['a.yaml:2:45 12345678901234567890 is too large to be kept exactly (put it in quotes if it is a text)'],
  ],
  [
    'a list as a key',
    `${role}? [b]\n: 1\n`,
    [expect.stringMatching(/^a\.yaml:3:3 a key must be a plain text/)],
  ],
  [
    'a manifest that is a list',
    '- a\n',
    [expect.stringMatching(/^a\.yaml:1:1 a manifest is a map of sections/)],
  ],
  [
    'a prototype',
    'roles: { __proto__: { name: a } }\n',
    [expect.stringMatching(/^a\.yaml:1:10 the key __proto__ cannot be used/)],
  ],
])('%s is a problem in words', async (_, text, expected) => {
  expect(sentences(await problemsOf(load(text, { allowEmpty: true })))).toEqual(expected);
});

test('a broken file hides no mistake of another, and nothing that may be in it is called unknown', async () => {
  const broken = 'roles:\n  a: {\n';
  const other = 'applications:\n  b: { name: "${var.x}", type: MachineToMachine, roles: [a], nope: 1 }\n';
  expect(places(await problemsOf(load([broken, other])))).toEqual([
    'a.yaml:3:1 yaml-syntax',
    'b.yaml:2:62 unknown-field',
  ]);
});

test.each([
  ['a byte order mark', `\uFEFF${role}`],
  ['Windows line ends', role.replaceAll('\n', '\r\n')],
  ['a document marker', `---\n${role}...\n`],
  ['an empty document behind it', `${role}---\n`],
])('%s does no harm', async (_, text) => {
  const { desired, locate } = await load(text);
  expect(desired.get('roles.a')?.fields).toEqual({ name: 'a', description: 'a' });
  expect(locate('roles.a', ['description'])?.text).toBe('  a: { name: a, description: a }');
});

test('several documents of a file make one manifest', async () => {
  const { desired, locate } = await load(`${role}---\nroles:\n  b: { name: b, description: b }\n`);
  expect([...desired.keys()]).toEqual(['roles.a', 'roles.b']);
  expect(locate('roles.b')?.line).toBe(5);
});

test('a date, a yes and a key that looks like a number are texts', async () => {
  const text = '%YAML 1.1\n---\nroles:\n  1: { name: 2024-01-01, description: yes }\n';
  const { desired } = await load(text);
  expect(desired.get('roles.1')?.fields).toEqual({ name: '2024-01-01', description: 'yes' });
});

test('a value without quotes is what the core schema of YAML makes of it, and a key is as written', async () => {
  const words = [
    'null',
    'Null',
    'nULL',
    'true',
    'TRUE',
    'tRue',
    'False',
    'falsehood',
    'nulled',
    'n',
    'yes',
    'inf',
  ];
  const others = [
    '~',
    '/a',
    '1a',
    '0x1F',
    '0o17',
    'x1F',
    '1e3',
    'e3',
    '+1',
    '-.5',
    '_',
    'é',
    '!!str true',
    '!!str a',
  ];
  const values = [...words, ...others].map((written, index) => `      k${index}: ${written}\n`).join('');
  const keys = words.map((word) => `      ${word}: 1\n`).join('');
  const { desired } = await load(
    `applications:\n  a:\n    name: a\n    type: SPA\n    customData:\n${values}${keys}`,
  );
  expect(desired.get('applications.a')?.fields.customData).toEqual({
    ...(parse(values, { schema: 'core' }) as object),
    ...Object.fromEntries(words.map((word) => [word, 1])),
  });
});

test('a text nested beyond reason is refused, not followed', async () => {
  for (const text of ['['.repeat(50_000), `roles: ${'['.repeat(500)}${']'.repeat(500)}`]) {
    await expect(load(text)).rejects.toThrow(ManifestError);
  }
  const chain = Array.from({ length: 3000 }, (_, index) => `k${index + 1}: &a${index + 1} [*a${index}]`);
  await expect(load(['k0: &a0 x', ...chain].join('\n'))).rejects.toThrow('nested too deeply');
});

test('whatever the text is, only a ManifestError is thrown', async () => {
  const piece = fc.constantFrom(
    'roles:',
    'applications:',
    'external:',
    'moved:',
    'variables:',
    'stack:',
    '\n',
    '\n  ',
    '\n    ',
    ' ',
    'a: ',
    'name: x',
    '{',
    '}',
    '[',
    ']',
    '- ',
    '&a ',
    '*a',
    '<<: ',
    '!remove',
    '!!set',
    '${var.a}',
    '$${',
    '"',
    "'",
    '|',
    '>',
    '#',
    '---\n',
    '\t',
    '~',
    'id: 1',
    'scopes: ',
    'lifecycle: ',
    '1',
    'true',
    'from: x',
    '%',
    ': ',
    '? ',
    '\u0000',
    'toString: ',
    'constructor',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(text, text, async (manifest, overlay) => {
      try {
        await load(manifest, { overlays: [overlay], allowEmpty: true });
      } catch (error) {
        if (!(error instanceof ManifestError)) throw error;
      }
    }),
    { numRuns: 1500 },
  );
});

test('a manifest of 5,000 resources and a megabyte loads in a few seconds', async () => {
  const lines = Array.from(
    { length: 5000 },
    (_, index) => `  app-${index}:
    name: Application ${index}
    type: SPA
    oidcClientMetadata:
      redirectUris: [ "https://app${index}.example.com/callback", "\${var.url}/${index}" ]
      postLogoutRedirectUris: []
    customData: { team: shop, index: ${index} }`,
  );
  const text = `variables: { url: { default: https://x.example } }\napplications:\n${lines.join('\n')}\n`;
  const { desired } = await load(text);
  expect(desired.size).toBe(5000);
  const problems = await problemsOf(load(text.replaceAll('type: SPA', 'typ: SPA')));
  expect(problems.length).toBe(10_000);
});
