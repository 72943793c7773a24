import { isObject, type Json, type JsonObject } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';
import { fieldsHolding } from '../kinds/fields-holding.js';

/** Fields with every moment as Logto has it, in epoch milliseconds, however it was written. */
export const withMoments = (values: JsonObject, fields: Fields): JsonObject =>
  fieldsWithMoments(fields).length > 0
    ? Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, converted(value, fields[name])]),
      )
    : values;

function converted(value: Json, field: Field | undefined): Json {
  if (field?.type === 'time') {
    const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(milliseconds) ? value : milliseconds;
  }
  return field?.type === 'object' && isObject(value) ? withMoments(value, field.fields) : value;
}

const fieldsWithMoments = fieldsHolding(({ type }) => type === 'time');
