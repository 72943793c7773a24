import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { escapeExpressions, parseExpressions } from '../../src/manifest/expression.js';
import { loadManifest } from '../../src/manifest/load-manifest.js';
import { inFolder, load, places, problemsOf, sentences } from './manifest-texts.js';

const application = (variables: string, customData: string) =>
  `variables: ${variables}\napplications:\n  a: { name: a, type: SPA, customData: ${customData} }\n`;

const dataOf = async (...args: Parameters<typeof load>) =>
  (await load(...args)).desired.get('applications.a')?.fields.customData;

test('an option comes before the own variable of the environment, then env, then the default', async () => {
  const text = application('{ x: { env: X, default: from default } }', '{ x: "${var.x}" }');
  const environment = { LOGTO_IAC_VAR_x: 'from own', X: 'from env' };
  expect(await dataOf(text, { variables: { x: 'from option' }, environment })).toEqual({ x: 'from option' });
  expect(await dataOf(text, { environment })).toEqual({ x: 'from own' });
  expect(await dataOf(text, { environment: { X: 'from env' } })).toEqual({ x: 'from env' });
  expect(await dataOf(text)).toEqual({ x: 'from default' });
});

test('a scalar that is one expression keeps the type; inside a text the value becomes text', async () => {
  const variables =
    '{ n: { default: 7 }, b: { default: true }, l: { default: [1, { k: v }] }, m: { default: { k: v } } }';
  const data =
    '{ n: "${var.n}", b: "${var.b}", l: "${var.l}", m: "${var.m}", text: "n=${var.n}, b=${var.b}" }';
  expect(await dataOf(application(variables, data))).toEqual({
    n: 7,
    b: true,
    l: [1, { k: 'v' }],
    m: { k: 'v' },
    text: 'n=7, b=true',
  });
});

test('a list or map inside a text is a problem', async () => {
  const text = application(
    '{ l: { default: [1] }, z: { default: null } }',
    '{ a: "x${var.l}", b: "${var.z}!" }',
  );
  expect(sentences(await problemsOf(load(text)))).toEqual([
    'a.yaml:3:47 the variable "l" is a list, not a text (let the expression be the whole value)',
    'a.yaml:3:62 the variable "z" is null, not a text (let the expression be the whole value)',
  ]);
});

test('a text from outside is read as the stated type, or as that of the default', async () => {
  const variables =
    '{ s: {}, n: { type: number }, b: { type: boolean }, j: { type: json }, d: { default: 1 }, l: { default: [] } }';
  const text = application(
    variables,
    '{ s: "${var.s}", n: "${var.n}", b: "${var.b}", j: "${var.j}", d: "${var.d}", l: "${var.l}" }',
  );
  const values = { s: '1', n: '1.5', b: 'false', j: '{"a":[1,null]}', d: '2', l: '["x"]' };
  expect(await dataOf(text, { variables: values })).toEqual({
    s: '1',
    n: 1.5,
    b: false,
    j: { a: [1, null] },
    d: 2,
    l: ['x'],
  });
  const wrong = { s: '', n: '0x10', b: 'yes', j: '{canary', d: 'canary', l: '[canary]' };
  expect(sentences(await problemsOf(load(text, { variables: wrong })))).toEqual([
    'a.yaml:1:21 --var n gives the variable "n" a value that is not a number',
    'a.yaml:1:42 --var b gives the variable "b" a value that is not true or false',
    'a.yaml:1:64 --var j gives the variable "j" a value that is not JSON',
    'a.yaml:1:83 --var d gives the variable "d" a value that is not a number',
    'a.yaml:1:102 --var l gives the variable "l" a value that is not JSON',
  ]);
});

test('what is put in is never looked at again', async () => {
  const text = application(
    '{ a: {}, b: { default: "$${var.a}" } }',
    '{ a: "${var.a}", b: "${var.b}", c: "$${var.a}" }',
  );
  expect(await dataOf(text, { variables: { a: '${var.b}' } })).toEqual({
    a: '${var.b}',
    b: '${var.a}',
    c: '${var.a}',
  });
});

test.each([
  ['${env.HOME}', 'only declared variables can be used: declare one with { env: HOME } and write ${var.…}'],
  ['${HOME}', 'write ${var.HOME}, or $${ for a literal ${'],
  ['${ var.x }', 'write ${var.x}, or $${ for a literal ${'],
  ['${var.x', 'close it: ${var.name}; or write $${ for a literal ${'],
  ['${}', 'only ${var.name} is possible; write $${ for a literal ${'],
])('%s is no expression', async (expression, hint) => {
  const problems = await problemsOf(load(application('{ x: { default: 1 } }', `{ a: 'x ${expression}' }`)));
  expect(places(problems)).toEqual(['a.yaml:3:48 wrong-expression']);
  expect(problems[0]?.hint).toBe(hint);
});

test('an expression has no place in a key, nor in another variable', async () => {
  const text = application(
    '{ x: { default: 1 }, y: { default: "${var.x}" } }',
    '{ "${var.x}": 1, "$${literal": 2 }',
  );
  expect(sentences(await problemsOf(load(text)))).toEqual([
    'a.yaml:1:47 a variable cannot refer to another one (write $${ for a literal ${)',
    'a.yaml:3:42 a key cannot hold an expression: ${var.x} (write $${ for a literal ${)',
  ]);
});

test('a variable without a value is told where it is declared, with a place of use', async () => {
  const text = application('{ url: { env: APP_URL }, unused: {} }', '{ a: "${var.url}" }');
  expect(sentences(await problemsOf(load(text)))).toEqual([
    'a.yaml:1:14 the variable "url" has no value, used at a.yaml:3:46 (set APP_URL, pass --var url=…, or give it a default)',
    'a.yaml:1:37 the variable "unused" has no value (set LOGTO_IAC_VAR_unused, pass --var unused=…, or give it a default)',
  ]);
});

test('a variable that is not declared is unknown, in the text and on the command line', async () => {
  const text = application('{ url: { default: x } }', '{ a: "${var.ulr}" }');
  expect(sentences(await problemsOf(load(text, { variables: { urll: 'x' } })))).toEqual([
    '--var urll: no variable of that name is declared (did you mean "url"?)',
    'a.yaml:3:46 there is no variable "ulr" (did you mean "url"?)',
  ]);
});

test('wrong declarations are told where they are written', async () => {
  const text = `variables:
  a: { typ: string }
  b: { type: text }
  c: https://example.com
  d: { env: A, file: b }
  e: { type: number, default: "1" }
  "f g": { default: 1 }
`;
  expect(places(await problemsOf(load(text)))).toEqual([
    'a.yaml:2:8 unknown-field',
    'a.yaml:3:14 wrong-value',
    'a.yaml:4:6 wrong-type',
    'a.yaml:5:3 wrong-variable',
    'a.yaml:6:31 wrong-variable',
    'a.yaml:7:3 wrong-variable',
  ]);
});

test('a file is read raw, from the folder of the manifest and from nowhere else', async () => {
  const variables = (file: string) => application(`{ f: { file: ${file} } }`, '{ f: "${var.f}" }');
  const files = {
    'config/a.yaml': variables('./sub/idp.xml'),
    'config/absolute.yaml': variables('/etc/hostname'),
    'config/up.yaml': variables('sub/../../secret'),
    'config/link.yaml': variables('link'),
    'config/folder-link.yaml': variables('outside/secret'),
    'config/none.yaml': variables('none'),
    'config/default.yaml': application('{ f: { file: none, default: d } }', '{ f: "${var.f}" }'),
    'config/sub/idp.xml': '<idp>${var.f} $${</idp>\n',
    secret: 'canary',
  };
  await inFolder(files, async (folder) => {
    symlinkSync(join(folder, 'secret'), join(folder, 'config', 'link'));
    mkdirSync(join(folder, 'other'));
    symlinkSync(folder, join(folder, 'config', 'outside'));
    const one = (name: string) => loadManifest({ files: [join(folder, 'config', name)], environment: {} });
    const dataIn = async (name: string) => (await one(name)).desired.get('applications.a')?.fields.customData;
    expect(await dataIn('a.yaml')).toEqual({ f: '<idp>${var.f} $${</idp>' });
    expect(await dataIn('default.yaml')).toEqual({ f: 'd' });
    const messages = [];
    for (const name of ['absolute.yaml', 'up.yaml', 'link.yaml', 'folder-link.yaml', 'none.yaml']) {
      const [problem] = await problemsOf(one(name));
      messages.push(`${problem?.at?.line ?? 0}:${problem?.at?.column ?? 0} ${problem?.message ?? ''}`);
    }
    expect(messages).toEqual([
      '1:25 the file /etc/hostname is not in the folder of the manifest',
      '1:25 the file sub/../../secret is not in the folder of the manifest',
      '1:25 the file link is a link that leads out of the folder of the manifest',
      '1:25 the file outside/secret is a link that leads out of the folder of the manifest',
      '1:25 the file none cannot be read: there is no such file',
    ]);
  });
});

test('what is escaped is read as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('$', '{', '}', 'var.x', 'a', ' ')).map((pieces) => pieces.join('')),
      (text) => {
        const pieces = parseExpressions(escapeExpressions(text));
        expect(pieces).toEqual(text === '' ? [] : [{ type: 'literal', text }]);
      },
    ),
  );
});
