import { parse } from 'yaml';

import { editManifests, type EditedManifests } from '../../src/edit/edit-manifests';
import type { Edit } from '../../src/edit/edit';
import { isObject, textOf, type Json } from '../../src/json';
import { SourceText } from '../../src/manifest/source-text';

/** What an edit of manifests comes to. */
export interface Outcome {
  /** By the name of the file; only those that are different. */
  readonly texts: Readonly<Record<string, string>>;
  /** `type at line:column`, by the path of the edit. */
  readonly obstacles: Readonly<Record<string, string>>;
}

export interface Given {
  readonly manifests?: Readonly<Record<string, string>>;
  readonly overlays?: Readonly<Record<string, string>>;
  /** Files that manifests name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Values of variables. */
  readonly variables?: Readonly<Record<string, Json>>;
}

/** Edits manifests; `wanted` has a value, or nothing where it is taken out, for each path with dots. */
export async function edited(
  given: Given,
  wanted: Readonly<Record<string, Json | undefined>>,
  traits: Pick<Edit, 'isDeletion' | 'isText'> = {},
): Promise<Outcome> {
  const open = (texts: Readonly<Record<string, string>> = {}) =>
    Object.entries(texts).map(([name, text]) => new SourceText(name, text, '/tenant'));
  const [manifests, overlays] = [open(given.manifests), open(given.overlays)];
  const stated = statedIn(given);
  const edits = Object.entries(wanted).map(([name, after]): Edit => {
    const path = name.split('.').map((key) => key.replaceAll('·', '.'));
    return { path, before: valueAt(stated, path), after, ...traits };
  });
  const made = await editManifests({ manifests, overlays }, edits, {
    readFile: (name) => {
      const text = given.files?.[name.replace('./', '')];
      return Promise.resolve(text === undefined ? undefined : new SourceText(name.replace('./', ''), text));
    },
  });
  return outcome(made);
}

const outcome = ({ texts, obstacles }: EditedManifests): Outcome => ({
  texts: Object.fromEntries([...texts].map(([{ name }, text]) => [name, text])),
  obstacles: Object.fromEntries(
    [...obstacles].map(([{ path }, { type, source, start, end }]) => {
      const { file, line, column } = source.rangeOf(start, end);
      return [path.join('.'), `${type} at ${file}:${line}:${column}`];
    }),
  ),
});

/** The same for one manifest: its text afterwards, or what stands in the way. */
export async function editedText(
  text: string,
  wanted: Readonly<Record<string, Json | undefined>>,
  variables: Readonly<Record<string, Json>> = {},
): Promise<string | Outcome['obstacles']> {
  const { texts, obstacles } = await edited({ manifests: { 'logto.yaml': text }, variables }, wanted);
  return Object.keys(obstacles).length > 0 ? obstacles : (texts['logto.yaml'] ?? text);
}

/** What texts state together, with the values of variables and files. */
function statedIn({ manifests = {}, overlays = {}, files = {}, variables = {} }: Given): Json {
  const documentsOf = (texts: Readonly<Record<string, string>>): readonly Json[] =>
    Object.values(texts).flatMap((text) =>
      text
        .split(/^---$/m)
        .map((part) => (parse(part, { merge: true, logLevel: 'silent' }) as Json | undefined) ?? {}),
    );
  const base = documentsOf(manifests).reduce((left, right) => merged(left, right, true), {});
  return resolved(
    documentsOf(overlays).reduce((left, right) => merged(left, right, false), base),
    files,
    variables,
  );
}

/** Lists of manifests join, and those of an overlay take the place of others. */
function merged(left: Json, right: Json, joins: boolean): Json {
  if (joins && Array.isArray(left) && Array.isArray(right)) {
    return [...(left as readonly Json[]), ...(right as readonly Json[])];
  }
  if (!isObject(left) || !isObject(right)) return right;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  const entries = keys.map((key) => {
    const [below, above] = [left[key], right[key]];
    if (below === undefined || above === undefined) return [key, above ?? below ?? null] as const;
    return [key, merged(below, above, joins)] as const;
  });
  return Object.fromEntries(entries);
}

function resolved(
  value: Json,
  files: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, Json>>,
): Json {
  if (typeof value === 'string') {
    const whole = /^\$\{var\.(\w+)\}$/.exec(value)?.[1];
    if (whole !== undefined) return variables[whole] ?? null;
    return value
      .replaceAll(/(?<!\$)\$\{var\.(\w+)\}/g, (_, name: string) => textOf(variables[name]))
      .replaceAll('$${', '${');
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => resolved(item, files, variables));
  if (!isObject(value)) return value;
  const { file } = value;
  if (typeof file === 'string' && Object.keys(value).length === 1) {
    const text = files[file.replace('./', '')] ?? '';
    return /\.ya?ml$/.test(file) ? (parse(text) as Json) : text;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll('$${', '${'),
      resolved(inner, files, variables),
    ]),
  );
}

const valueAt = (value: Json, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
