import fc from 'fast-check';
import type { Json } from '../../src/json';
import type { Field, TextFormat } from '../../src/kinds/field';

/** Keys in the manifest that a reference may name, by kind; of children by the key of what holds them. */
export interface Referable {
  readonly [kind: string]: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

/** Values of a field, as wild as Logto takes them: longest, empty, null, any language, any order, repetitions. */
export function valuesOf(field: Field, referable: Referable, mapKey?: string): fc.Arbitrary<Json> {
  const values = plainValuesOf(field, referable, mapKey);
  return field.nullable ? fc.oneof({ weight: 4, arbitrary: values }, fc.constant(null)) : values;
}

function plainValuesOf(field: Field, referable: Referable, mapKey?: string): fc.Arbitrary<Json> {
  switch (field.type) {
    case 'text':
      return field.reference ? keysOf(field.reference.kind, referable, mapKey) : textsOf(field);
    case 'flag':
      return fc.boolean();
    case 'number':
      return numbersOf(field.minimum, field.maximum);
    case 'choice':
      return fc.constantFrom(...field.choices);
    case 'time':
      return fc.integer({ min: 4_000_000_000_000, max: 5_000_000_000_000 });
    case 'list':
      return listsOf(field.items, field.unordered === true || field.distinct === true, referable, mapKey);
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(field.fields).map(([name, inner]) => [name, valuesOf(inner, referable)]),
        ),
        {
          requiredKeys: Object.entries(field.fields).flatMap(([name, { required }]) =>
            required ? [name] : [],
          ),
        },
      );
    case 'map':
      return fc
        .uniqueArray(keysOf(field.keys.kind, referable), { maxLength: 3 })
        .chain((keys) =>
          fc.tuple(
            ...keys.map((key) => valuesOf(field.items, referable, key).map((item) => [key, item] as const)),
          ),
        )
        .map((entries) => Object.fromEntries(entries));
    case 'record':
      return fc.dictionary(keys, plainValuesOf(field.items, referable), { maxKeys: 3 });
    case 'json':
      return fc.dictionary(keys, jsonValue, { maxKeys: 4 });
    case 'any':
      return jsonValue;
  }
}

/** Repetitions only where they mean nothing: elsewhere Logto keeps or refuses them. */
function listsOf(
  items: Field,
  mayRepeat: boolean,
  referable: Referable,
  mapKey?: string,
): fc.Arbitrary<readonly Json[]> {
  const item = valuesOf(items, referable, mapKey);
  const each = fc.uniqueArray(item, { maxLength: 4, selector: (value) => JSON.stringify(value) });
  return mayRepeat ? fc.oneof(each, fc.array(item, { maxLength: 4 })) : each;
}

function keysOf(kind: string, referable: Referable, mapKey?: string): fc.Arbitrary<string> {
  const known = referable[kind];
  const keysOfKind = Array.isArray(known)
    ? (known as readonly string[])
    : ((known as Readonly<Record<string, readonly string[]>> | undefined)?.[mapKey ?? ''] ?? []);
  if (keysOfKind.length === 0) throw new Error(`the life has nothing of ${kind} ${mapKey ?? ''} to refer to`);
  return fc.constantFrom(...keysOfKind);
}

/** No NUL and no half characters, which no database of Logto holds; a manifest with them is refused. */
const character = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 1 })
  .filter((text) => text !== '\u0000');
const word = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
  fc.string({ unit: character, minLength: 1, maxLength: 6 }),
  fc.constantFrom(
    '${var.x}',
    '$${',
    ' a ',
    'yes',
    'null',
    '0x1F',
    '#',
    ': -',
    "'",
    '"',
    'two\nlines\n',
    '\r\n',
    '😀',
  ),
);

const formats: Readonly<Record<TextFormat, fc.Arbitrary<string>>> = {
  url: fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.constant('https://ü.example/ä?ö'),
  ),
  webAddress: fc.webUrl({ validSchemes: ['http', 'https'] }),
  email: fc.constantFrom('help@example.com', "o'neill+b@sub.example.org", 'A_1-@EXAMPLE.io'),
  color: fc.constantFrom('#fff', '#6139F6', '#abcdef', '#ABC'),
};

interface Limits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: TextFormat;
}

/** Longest and shortest count in UTF-16 units, as Logto counts. */
function textsOf({ minLength = 0, maxLength = 300, pattern, format }: Limits): fc.Arbitrary<string> {
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (format) return formats[format].filter(fits);
  if (pattern !== undefined) {
    return fc
      .stringMatching(new RegExp(pattern), { maxLength })
      .filter((text) => fits(text) && !text.includes('\u0000'));
  }
  return fc.oneof(
    { weight: 6, arbitrary: word.filter(fits) },
    fc.constant('x'.repeat(maxLength)),
    fc.constant('ü'.repeat(maxLength)),
    ...(minLength === 0 ? [fc.constant('')] : []),
  );
}

const numbersOf = (min = -1000, max = 1_000_000): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min, max }), fc.constantFrom(min, max));

const keys = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
  fc.constantFrom('a', 'a.b', 'constructor', 'toString', 'länge', '日本', '${x}', ' '),
);

const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom<Json>(true, false, 0, -1, 1.5, 1e21, 123456789012),
    word,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3 }),
  ),
})).value;
