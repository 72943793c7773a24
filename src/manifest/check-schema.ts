import type { Json } from '../json.js';
import { placeOf, toJson, walk, type LocatedEntry } from './located.js';
import type { Problems } from './problems.js';
import { schemaProblem } from './schema-problem.js';
import { validatorOf } from './validators.js';

export interface SchemaCheck {
  /** The address of what is checked, for messages. */
  readonly subject: string;
  /** The name of its schema among the {@link checkedSchemas}. */
  readonly schema: string;
  /** Sections that hold resources of their own, so that messages name these. */
  readonly childSections?: readonly string[];
}

export interface SchemaResult {
  readonly isValid: boolean;
  /** What was checked, without its places. */
  readonly json: Json;
  /** Fields whose value is wrong or missing; unknown fields are not among them. */
  readonly wrongFields: ReadonlySet<string>;
}

/** Checks a value against a schema and reports everything that is wrong with it, where it is written. */
export function checkSchema(entry: LocatedEntry, check: SchemaCheck, problems: Problems): SchemaResult {
  const validate = validatorOf(check.schema);
  const wrongFields = new Set<string>();
  const json = toJson(entry.value);
  if (validate(json)) return { isValid: true, json, wrongFields };
  for (const error of validate.errors ?? []) {
    // The names inside were reported one by one.
    if (error.keyword === 'propertyNames') continue;
    const path = pointerPath(error.instancePath);
    const step = walk(entry, path);
    const isBroken = step.value.type === 'scalar' && step.value.broken === true;
    const wrongField = path[0] ?? (error.params.missingProperty as string | undefined);
    if (wrongField !== undefined && error.keyword !== 'additionalProperties') wrongFields.add(wrongField);
    if (isBroken) continue;
    const { code, message, hint, key } = schemaProblem(error, check, path, step.value);
    const keyed = key === undefined ? undefined : walk(entry, [...path, key]).key;
    const place = keyed ?? (error.keyword === 'required' ? step.key : placeOf(step));
    problems.error(code, message, place, hint);
  }
  return { isValid: false, json, wrongFields };
}

/** `/a~1b/0` → `['a/b', '0']` (RFC 6901). */
const pointerPath = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
