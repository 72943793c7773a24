import fc from 'fast-check';

import type { ConstructFiles } from '../../../src/export/constructs/write-constructs';
import { isObject, type Json, type JsonObject } from '../../../src/json';
import { kindNamed } from '../../../src/kinds';
import { canonicalDocument } from '../../../src/manifest/canonical';
import type { Life } from '../../life/life';
import { valuesOf } from '../../life/values';
import { synthesized } from './run-program';

export const layouts = ['single', 'by-kind'] as const;
export const tenant = { endpoint: 'https://acme.logto.app', stack: 'acme' };

/** A resource of a kind, with any values that its fields may have. */
export function specsOf({ kind: kindName, full, referable }: Life): fc.Arbitrary<JsonObject> {
  const { fields, keyField } = kindNamed(kindName);
  const arbitraries = Object.entries(fields).flatMap(([name, field]) => {
    try {
      return name === keyField ? [] : [[name, valuesOf(field, referable)] as const];
    } catch {
      // There is nothing that it could refer to.
      return [];
    }
  });
  return fc
    .record(Object.fromEntries(arbitraries), { requiredKeys: [] })
    .map((values) => ({ ...full, ...values }) as JsonObject);
}

/** Expects a program to come to a manifest, but for what that one says about its variables. */
export function expectToComeTo({ files, secrets }: ConstructFiles, document: JsonObject): void {
  const { variables = {}, ...sections } = synthesized(files);
  expect(Object.keys(variables as JsonObject).sort()).toEqual(secrets.map(({ name }) => name).sort());
  const exportedAs = new Map(
    secrets.map((secret) => [expression(secret.name), expression(secret.exportedAs)]),
  );
  const stated = Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'variables'));
  expect(withTexts(sections, (text) => exportedAs.get(text) ?? text)).toEqual(
    canonicalDocument({ stack: tenant.stack, ...stated }),
  );
}

const expression = (name: string): string => `\${var.${name}}`;

function withTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => withTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withTexts(inner, change)]));
}
