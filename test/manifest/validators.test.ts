import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { isObject } from '../../src/json';
import { checkedSchemas } from '../../src/manifest/checked-schemas';
import { compileSchema } from '../../src/manifest/compile-schema';
import { validatorOf } from '../../src/manifest/validators';

// The build compiles validators; where sources run, as they do here, they are compiled when they are needed.
const built = join(__dirname, '..', '..', 'dist', 'validators');
const load = createRequire(__filename);
const names = [...checkedSchemas.keys()];

/** Right for some fields and wrong for most, so that every keyword fails somewhere. */
const values: readonly unknown[] = [
  null,
  true,
  -1,
  1e12,
  0.5,
  '',
  'x',
  '🦊'.repeat(70),
  'x'.repeat(2100),
  [],
  [7, null, ''],
  {},
  { unknown: 1 },
];

/** Objects in which one field after the other, at every depth, has one value after the other. */
function objectsFor(schema: unknown): readonly unknown[] {
  if (!isObject(schema)) return values;
  const { properties, additionalProperties: items } = schema;
  const named = isObject(properties) ? Object.entries(properties) : [];
  const inside = isObject(items) ? [...named, ['some-key', items] as const] : named;
  const below = inside.flatMap(([name, inner]) => objectsFor(inner).map((value) => ({ [name]: value })));
  return [...values, ...below];
}

/** As text, because most of what an error carries is the schema around it. */
const problemsWith = (validate: ValidateFunction, value: unknown): string =>
  JSON.stringify(validate(value) ? [] : validate.errors);

test.each(names)('the validator of %s that the build made finds what the compiled one finds', (name) => {
  const made = load(join(built, `${name}.js`)) as ValidateFunction;
  const compiled = compileSchema(name);
  const objects = objectsFor(checkedSchemas.get(name)?.());
  const found = objects.map((value) => problemsWith(made, value));
  expect(found).toEqual(objects.map((value) => problemsWith(compiled, value)));
  expect(found.some((errors) => errors !== '[]')).toBe(true);
});

test('the build made a validator of each schema, and none of them needs another file', () => {
  expect(readdirSync(built).sort()).toEqual(names.map((name) => `${name}.js`).sort());
  const sources = names.map((name) => readFileSync(join(built, `${name}.js`), 'utf8'));
  expect(sources.filter((source) => source.includes('require('))).toEqual([]);
});

test('a schema that nobody wrote has no validator', () => {
  expect(() => validatorOf('unknown')).toThrow('there is no schema "unknown"');
});
