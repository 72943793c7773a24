import { member, textOf, type Json, type JsonObject } from '../json.js';
import type { Field, Fields, TextFormat } from '../kinds/field.js';
import { fieldsHolding } from '../kinds/fields-holding.js';
import { placeIn, soundFields, type Declarations, type Declared } from './declared.js';
import { walk } from './located.js';
import type { Problems } from './problems.js';

/** What Logto refuses of single values and a JSON Schema does not say, and what must not stand in a manifest. */
export function checkValues(declarations: Declarations, problems: Problems): void {
  for (const declared of declarations.values()) {
    const { kind, external } = declared.resource;
    if (external || checkedFields(kind.fields).length === 0) continue;
    checkFields(soundFields(declared), kind.fields, [], declared, problems);
  }
}

/** Most kinds have none. */
const checkedFields = fieldsHolding(
  (field) => field.onlyFromSecret === true || (field.type === 'text' && field.format !== undefined),
);

function checkFields(
  values: JsonObject,
  fields: Fields,
  path: readonly string[],
  declared: Declared,
  problems: Problems,
): void {
  for (const [name, value] of Object.entries(values)) {
    const field = member(fields, name);
    if (field) checkValue(value, field, [...path, name], declared, problems);
  }
}

function checkValue(
  value: Json,
  field: Field,
  path: readonly string[],
  declared: Declared,
  problems: Problems,
): void {
  if (field.onlyFromSecret && value !== null) checkSecret(path, declared, problems);
  if (field.type === 'text' && field.format && typeof value === 'string') {
    checkFormat(value, field.format, path, declared, problems);
  } else if (field.type === 'list' && Array.isArray(value)) {
    (value as readonly Json[]).forEach((item, index) => {
      checkValue(item, field.items, [...path, String(index)], declared, problems);
    });
  } else if (typeof value === 'object' && value !== null) {
    if (field.type === 'object') checkFields(value as JsonObject, field.fields, path, declared, problems);
    if (field.type === 'record') {
      for (const [key, item] of Object.entries(value as JsonObject)) {
        checkValue(item, field.items, [...path, key], declared, problems);
      }
    }
  }
}

const formats: Readonly<
  Record<TextFormat, { readonly is: (text: string) => boolean; readonly what: string; readonly hint: string }>
> = {
  // zod checks URLs so (string().url()).
  url: {
    is: (text) => URL.canParse(text),
    what: 'absolute URL',
    hint: 'write one such as https://shop.example.com/path',
  },
  webAddress: {
    is: (text) => /^https?:\/\//.test(text) && URL.canParse(text),
    what: 'address of a web page',
    hint: 'write one such as https://shop.example.com/path',
  },
  // As zod 3 has it (string().email()).
  email: {
    is: (text) =>
      /^(?!\.)(?!.*\.\.)([A-Z0-9_'+\-.]*)[A-Z0-9_+-]@([A-Z0-9][A-Z0-9-]*\.)+[A-Z]{2,}$/i.test(text),
    what: 'e-mail address',
    hint: 'write one such as help@example.com',
  },
  color: {
    is: (text) => /^#[\da-f]{3}([\da-f]{3})?$/i.test(text),
    what: 'colour in hexadecimal digits',
    hint: 'write one such as "#6139F6", in quotes',
  },
};

function checkFormat(
  text: string,
  format: TextFormat,
  path: readonly string[],
  declared: Declared,
  problems: Problems,
): void {
  const { is, what, hint } = formats[format];
  // Nothing is how to clear it.
  if (text === '' || is(text)) return;
  const { address } = declared.resource;
  const step = walk(declared.entry, path);
  const isSecret = step.value.type === 'scalar' && step.value.secret;
  const shown = isSecret ? 'its value' : `"${textOf(text)}"`;
  const message = `${address}: Logto refuses ${shown} for ${path.join('.')}: it is no ${what}`;
  problems.error('wrong-value', message, placeIn(declared, path), hint);
}

function checkSecret(path: readonly string[], declared: Declared, problems: Problems): void {
  const { value } = walk(declared.entry, path);
  if (value.type !== 'scalar' || value.secret || value.broken) return;
  const name = path.at(-1) ?? '';
  problems.error(
    'literal-secret',
    `${path.join('.')} of ${declared.resource.address} must come from a sensitive variable: a manifest lies where others can read it`,
    placeIn(declared, path),
    `write variables: { ${name}: { env: …, sensitive: true } }, and \${var.${name}} here`,
  );
}
