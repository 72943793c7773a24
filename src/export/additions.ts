import type { Wanted } from '../accept/edit-and-check.js';
import { placeOf } from '../accept/differences.js';
import { isObject, member, type Json, type JsonObject } from '../json.js';
import type { Field, Fields } from '../kinds/field.js';
import { unescapeExpressions } from '../manifest/expression.js';
import { startsWith } from '../plan/compare.js';
import { compareOptions } from '../plan/replacements.js';
import type { Resource } from '../state/resource.js';

/**
 * What an exported resource says and the manifest does not, field by field. What the manifest says of a field is none of
 * this; nor is what `lifecycle.ignore` leaves alone.
 *
 * @param spec as it will stand in a text
 * @param specWithFiles the same with texts in files of their own, for fields that the manifest says nothing of
 */
export function additionsTo(
  resource: Resource,
  spec: JsonObject,
  specWithFiles: JsonObject = {},
): readonly Wanted[] {
  const { ignore } = compareOptions(resource);
  const found: Wanted[] = [];
  const look = (
    said: JsonObject,
    withFiles: JsonObject,
    stated: JsonObject,
    fields: Fields | undefined,
    path: readonly string[],
  ): void => {
    for (const [written, value] of Object.entries(said)) {
      const name = unescapeExpressions(written);
      const inner = [...path, name];
      if (ignore.some((ignored) => startsWith(inner, ignored))) continue;
      const field = fields?.[name];
      const before = member(stated, name);
      const inFiles = withFiles[written];
      if (before === undefined) found.push(addition(resource, inner, inFiles ?? value));
      else if (isObject(before) && isObject(value) && isKeyed(field, path)) {
        const below = isObject(inFiles) && !isContent(field) ? inFiles : {};
        look(value, below, before, field?.type === 'object' ? field.fields : undefined, inner);
      }
    }
  };
  look(spec, specWithFiles, resource.fields, resource.kind.fields, []);
  return found;
}

const isContent = (field: Field | undefined): boolean =>
  field?.type === 'json' && field.content !== undefined;

/** Of a map the keys are stated whole, and of a file the value is. */
const isKeyed = (field: Field | undefined, path: readonly string[]): boolean =>
  field ? ['object', 'json', 'record'].includes(field.type) : path.length > 0;

const addition = ({ address }: Resource, path: readonly string[], value: Json): Wanted => ({
  address,
  path,
  edit: { path: placeOf(address, path), before: undefined, after: value, isText: true },
  change: { path, before: value },
});
