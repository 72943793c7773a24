import { execFileSync } from 'node:child_process';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';

import { UsageError } from '../../src/errors';
import { outputFormats } from '../../src/cli/options';
import { formatValues, secretNamed } from '../../src/output/formats';

const values = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).map(([variable, value]) => ({
    variable,
    place: `applications.a.${variable}`,
    value,
  }));

/** Everything that a shell, YAML or JSON takes for something else. */
const awkward = {
  PLAIN: 'abcXYZ019-_',
  URL: 'https://a.example.com/x?y=1&z=2#part',
  EMPTY: '',
  SPACES: '  two words  ',
  DOLLAR: '$HOME ${HOME} $(echo run) `echo run`',
  QUOTES: `it's "quoted"`,
  ONLY_QUOTE: `'`,
  BACKSLASH: 'C:\\new\\table\\',
  LINES: '-----BEGIN-----\nfirst\nsecond\n-----END-----\n',
  META: '; rm -rf / & | < > * ? [a] ~ ! # %',
  UNICODE: 'Grüße 🔑',
  NO: 'no',
  NUMBER: '1e3',
};

test('a real shell takes exactly the values from the format shell, and runs nothing of them', () => {
  const text = formatValues(values(awkward), 'shell');
  const print = 'eval "$1"; exec "$2" -e "process.stdout.write(JSON.stringify(process.env))"';
  const printed = execFileSync('sh', ['-euc', print, 'sh', text, process.execPath], {
    env: { HOME: '/home/canary' },
    encoding: 'utf8',
  });
  expect(JSON.parse(printed)).toMatchObject(awkward);
});

test('the format json holds exactly the values', () => {
  expect(JSON.parse(formatValues(values(awkward), 'json'))).toEqual(awkward);
});

test('a Secret of Kubernetes holds exactly the values, also for a reader of YAML 1.1', () => {
  const text = formatValues(values(awkward), 'k8s-secret', secretNamed('logto-acme', '123'));
  const secret = parse(text, { version: '1.1' }) as { readonly data: Readonly<Record<string, string>> };
  expect({
    ...secret,
    data: Object.fromEntries(
      Object.entries(secret.data).map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]),
    ),
  }).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'logto-acme', namespace: '123' },
    type: 'Opaque',
    data: awkward,
  });
});

const { QUOTES, BACKSLASH, ...forDotenv } = awkward;

test('the format dotenv quotes what has to be, in the way that all readers understand', () => {
  const text = formatValues(values(forDotenv), 'dotenv');
  expect(parseEnv(text)).toEqual(forDotenv);
  expect(text).toBe(
    [
      'PLAIN=abcXYZ019-_',
      "URL='https://a.example.com/x?y=1&z=2#part'",
      "EMPTY=''",
      "SPACES='  two words  '",
      "DOLLAR='$HOME ${HOME} $(echo run) `echo run`'",
      `ONLY_QUOTE="'"`,
      "LINES='-----BEGIN-----\nfirst\nsecond\n-----END-----\n'",
      "META='; rm -rf / & | < > * ? [a] ~ ! # %'",
      "UNICODE='Grüße 🔑'",
      'NO=no',
      'NUMBER=1e3',
      '',
    ].join('\n'),
  );
});

test('the format env has one line for each value, as it is', () => {
  const { LINES, ...forEnv } = awkward;
  const text = formatValues(values(forEnv), 'env');
  expect(text.split('\n')).toEqual([
    ...Object.entries(forEnv).map(([name, value]) => `${name}=${value}`),
    '',
  ]);
  expect(LINES).toContain('\n');
});

test.each([
  [
    'dotenv',
    { KEY: QUOTES },
    'KEY (applications.a.KEY) holds characters that readers of .env files understand in different ways',
  ],
  [
    'dotenv',
    { KEY: BACKSLASH },
    'KEY (applications.a.KEY) holds characters that readers of .env files understand in different ways',
  ],
  [
    'env',
    { KEY: 'canary\nline' },
    'KEY (applications.a.KEY) has several lines, and the format env has one for each',
  ],
] as const)('what %s cannot hold is refused, without the value: %j', (format, record, message) => {
  expect(() => formatValues(values(record), format)).toThrow(
    new UsageError(message, 'choose another format, such as --format shell or json'),
  );
});

test.each(outputFormats)('no values are nothing wrong in the format %s', (format) => {
  expect(formatValues([], format)).toBe(
    {
      dotenv: '',
      env: '',
      shell: '',
      json: '{}\n',
      'k8s-secret': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: logto\ntype: Opaque\ndata: {}\n',
    }[format],
  );
});

test.each([
  ['Acme', undefined, '"Acme" is no name of a Secret'],
  ['a_b', undefined, '"a_b" is no name of a Secret'],
  ['acme', 'a.b', '--namespace a.b is no name of a namespace'],
])('Kubernetes would refuse the Secret %s in %s, so it is told at once', (name, namespace, message) => {
  expect(() => secretNamed(name, namespace)).toThrow(message);
});
