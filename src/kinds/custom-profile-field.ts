import { isObject, pick, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { asList, asTenantObject, pathSegment } from './endpoints.js';
import { choice, flag, integer, list, object, text } from './field.js';
import { defineKind, type Endpoints, type Finding, type TenantObject } from './kind.js';

const collectionPath = '/api/custom-profile-fields';

const types = [
  'Text',
  'Number',
  'Date',
  'Checkbox',
  'Select',
  'Url',
  'Regex',
  'Address',
  'Fullname',
] as const;

/** What the config of each type may hold (schemas/src/types/custom-profile-fields.ts in logto-io/logto). */
const configNames: Readonly<Record<string, readonly string[]>> = {
  Text: ['placeholder', 'minLength', 'maxLength'],
  Number: ['placeholder', 'minValue', 'maxValue'],
  Date: ['placeholder', 'format', 'customFormat'],
  Checkbox: ['defaultValue'],
  Select: ['placeholder', 'options'],
  Url: ['placeholder'],
  Regex: ['placeholder', 'format'],
  Address: ['parts'],
  Fullname: ['parts'],
};

/** Without which Logto refuses a type: Checkbox and the empty list only when the field is changed, which comes later. */
const neededNames: Readonly<Record<string, readonly string[]>> = {
  Date: ['format'],
  Checkbox: ['defaultValue'],
  Select: ['options'],
  Regex: ['format'],
  Address: ['parts'],
  Fullname: ['parts'],
};

const setting = (maxLength: number, description: string) => text({ nullable: true, maxLength, description });
const limit = (description: string) => integer({ nullable: true, minimum: 0, description });
const options = list(
  object(
    {
      value: text({ required: true, description: 'What is stored.' }),
      label: text({ description: 'What users see.' }),
    },
    {},
  ),
  { nullable: true, description: 'Select: what may be chosen.' },
);
const common = {
  placeholder: setting(256, 'What stands in the empty field.'),
  minLength: limit('Text: at least.'),
  maxLength: limit('Text: at most.'),
  // The answer to anything else is a 500, after it is stored (jsonb-types/custom-profile-fields.ts).
  minValue: limit('Number: at least.'),
  maxValue: limit('Number: at most.'),
  format: setting(128, 'Date: how it is written. Regex: the regular expression.'),
  customFormat: setting(128, 'Date: how it is written, where format is Custom.'),
  options,
  defaultValue: setting(128, 'Checkbox: "true" or "false".'),
} as const;

const find = async (api: ReadApi, id: string): Promise<TenantObject | undefined> =>
  (await readAll(api)).find((field) => field.id === id);

const readAll = async (api: ReadApi): Promise<readonly TenantObject[]> =>
  asList(await api.get(collectionPath)).map(asTenantObject);

/** Fields are addressed by their name, which cannot be changed. */
const pathOf = (field: TenantObject): string => `${collectionPath}/${pathSegment(textOf(field.fields.name))}`;

async function writeOrder(api: WriteApi, name: Json | undefined, sieOrder: Json): Promise<void> {
  await api.post(`${collectionPath}/properties/sie-order`, { order: [{ name: name ?? null, sieOrder }] });
}

/**
 * PUT keeps columns that are absent, also the config of another type (core/routes/custom-profile-fields.ts), so every
 * column is sent.
 */
async function update(api: WriteApi, id: string, { sieOrder, ...changed }: JsonObject): Promise<void> {
  const stored = await find(api, id);
  if (!stored) throw new Error(`the profile field ${id} is gone`);
  if (Object.keys(changed).length > 0) {
    const { type, required, label, description, config } = { ...stored.fields, ...changed };
    const isCheckbox = type === 'Checkbox';
    await api.put(pathOf(stored), {
      type: type ?? null,
      required: required ?? false,
      ...(label !== undefined && label !== null && label !== '' && { label }),
      // An empty text clears it; a checkbox has none.
      ...(!isCheckbox && { description: description ?? '' }),
      ...(isObject(config) && { config: pick(config, configNames[textOf(type)] ?? []) }),
    });
  }
  if (sieOrder !== undefined) await writeOrder(api, stored.fields.name, sieOrder);
}

const endpoints: Endpoints = {
  list: readAll,
  get: find,
  create: async (api, fields) => asTenantObject(await api.post(collectionPath, fields)),
  update,
  remove: async (api, id) => {
    const stored = await find(api, id);
    if (stored) await api.delete(pathOf(stored));
  },
};

export const customProfileField = defineKind({
  name: 'customProfileFields',
  singular: 'profile field',
  summary: 'What users are asked for besides. Its key is its name, which is where the answer is stored.',
  fields: {
    name: text({
      required: true,
      immutable: true,
      minLength: 1,
      maxLength: 128,
      pattern: '^[a-zA-Z0-9]+$',
      patternMeans: 'must be letters and digits',
      description: 'The name: of a built-in attribute such as givenName, or your own.',
    }),
    type: choice(types, { required: true, description: 'What it is.' }),
    required: flag({ required: true, description: 'Whether users must fill it in. Not for a Checkbox.' }),
    label: text({
      minLength: 1,
      maxLength: 128,
      description: 'What users see. Once stated, it cannot be emptied again.',
    }),
    description: text({
      nullable: true,
      maxLength: 256,
      description: 'What users read below it. Not for a Checkbox.',
    }),
    config: object(
      {
        ...common,
        parts: list(
          object(
            {
              name: text({ required: true, description: 'Which part.' }),
              type: choice(types, { required: true, description: 'What it is.' }),
              required: flag({ required: true, description: 'Whether users must fill it in.' }),
              enabled: flag({ required: true, description: 'Whether users are asked for it.' }),
              label: text({ minLength: 1, description: 'What users see.' }),
              description: text({ description: 'What users read below it.' }),
              config: object(common, { description: 'As of a field of that type.' }),
            },
            {},
          ),
          { nullable: true, description: 'Address and Fullname: what they are made of, in this order.' },
        ),
      },
      { insteadOfNull: 'the keys that you want to clear', description: 'What belongs to its type.' },
    ),
    sieOrder: integer({
      late: true,
      minimum: 1,
      maximum: 32_767,
      description: 'Its place among the fields that users see.',
    }),
  },
  key: ['name'],
  title: 'name',
  keyField: 'name',
  endpoints,
  // What another type has is no part of this one.
  survives: ({ type = null }, { config, ...others }) => ({
    ...others,
    ...(isObject(config) && { config: pick(config, configNames[textOf(type ?? others.type)] ?? []) }),
  }),
  check: checkProfileField,
});

function checkProfileField({ type, required, description, config }: JsonObject): readonly Finding[] {
  const sort = textOf(type);
  const names = configNames[sort];
  if (!names) return [];
  const findings: Finding[] = [];
  const error = (path: readonly string[], message: string, hint: string): void => {
    findings.push({ code: 'wrong-value', severity: 'error', path, message, hint });
  };
  if (sort === 'Checkbox' && required === true) {
    error(['required'], 'Logto takes no Checkbox that is required', 'write required: false');
  }
  if (sort === 'Checkbox' && description !== undefined && description !== null) {
    error(['description'], 'a Checkbox has no description', 'take it out');
  }
  const stated = isObject(config) ? Object.entries(config).filter(([, value]) => value !== null) : [];
  for (const [name] of stated) {
    if (!names.includes(name)) {
      error(
        ['config', name],
        `a field of type ${sort} has no ${name}`,
        `its config may hold ${names.join(', ')}`,
      );
    }
  }
  for (const name of neededNames[sort] ?? []) {
    if (stated.some(([key]) => key === name)) continue;
    error(['config'], `a field of type ${sort} needs config.${name}`, `state config: { ${name}: … }`);
  }
  checkLimits(stated, error);
  return findings;
}

function checkLimits(
  stated: readonly (readonly [string, unknown])[],
  error: (path: readonly string[], message: string, hint: string) => void,
): void {
  const values = new Map(stated);
  for (const [least, most] of [
    ['minLength', 'maxLength'],
    ['minValue', 'maxValue'],
  ] as const) {
    const [low, high] = [values.get(least), values.get(most)];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) continue;
    error(['config', least], `${least} ${low} is more than ${most} ${high}`, 'write a smaller one');
  }
  for (const name of ['options', 'parts']) {
    const items = values.get(name);
    if (Array.isArray(items) && items.length === 0) {
      error(['config', name], `config.${name} must not be empty`, 'name at least one');
    }
  }
}
