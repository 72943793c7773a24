import { Document } from 'yaml';
import { isObject, type Json, type JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import { canonicalDocument } from '../manifest/canonical.js';
import { escapeExpressions } from '../manifest/expression.js';
import { yamlText } from '../manifest/yaml-text.js';
import type { ExportedTenant } from './exported.js';

export type Layout = 'single' | 'by-kind';

/** The only file, or the one that all share. */
export const manifestFileName = 'logto.yaml';

/** What the first line of a manifest tells an editor. */
export const schemaFileName = 'logto.schema.json';
const modeline = ` yaml-language-server: $schema=./${schemaFileName}`;

/**
 * The text of a manifest for each file: everything in one, or a file for each section with what they share beside them.
 *
 * @returns file name → text
 */
export function manifestFiles(tenant: ExportedTenant, layout: Layout): ReadonlyMap<string, string> {
  const document = canonicalDocument(documentOf(tenant));
  if (layout === 'single') return new Map([[manifestFileName, textOfDocument(document)]]);
  const { stack, variables, external, ...sections } = document;
  const shared = { stack, variables, external };
  const common = Object.entries(shared).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new Map([
    [manifestFileName, textOfDocument(Object.fromEntries(common))],
    ...Object.entries(sections).map(([name, value]) => {
      return [fileOfSection(name), textOfDocument({ [name]: value })] as const;
    }),
  ]);
}

/** `apiResources` → `api-resources.yaml`. */
export const fileOfSection = (section: string): string =>
  `${section.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.yaml`;

/**
 * A manifest in which a section is about to be.
 *
 * @param beside another of its folder: what that tells an editor, this one does too
 */
export function newManifestText(section: string, beside: string): string {
  const summary = wrapped(summaries.get(section) ?? '').map((line) => `# ${line}\n`);
  const line = /^# yaml-language-server:.*$/m.exec(beside)?.[0];
  return `${line === undefined ? '' : `${line}\n\n`}${summary.join('')}`;
}

/** The manifest as plain JSON: expressions and escapes are in it as they will stand in the text. */
export function documentOf({ stack, resources, external, secrets }: ExportedTenant): JsonObject {
  const document: Record<string, Json> = { stack };
  if (secrets.length > 0) {
    document.variables = Object.fromEntries(
      secrets.map(({ name, env }) => [name, { env, sensitive: true }] as const),
    );
  }
  if (Object.keys(external).length > 0) document.external = external;
  const own = new Set<object>([document]);
  for (const { path, spec } of resources) put(document, path.map(escapeExpressions), spec, own);
  return document;
}

/**
 * Parents come before what they hold.
 *
 * @param own objects that only the document has, so that they may be written to; what is not is copied once
 */
function put(
  document: Record<string, Json>,
  path: readonly string[],
  spec: JsonObject,
  own: Set<object>,
): void {
  const [last = '', ...before] = [...path].reverse();
  // An assignment would take the key __proto__ for what the object inherits from.
  const assign = (object: object, name: string, value: JsonObject): void => {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
  };
  const holder = before.reverse().reduce<Record<string, Json>>((object, name) => {
    const inner = Object.hasOwn(object, name) ? (object[name] as JsonObject) : {};
    if (own.has(inner)) return inner;
    const copy = { ...inner };
    own.add(copy);
    assign(object, name, copy);
    return copy;
  }, document);
  assign(holder, last, spec);
}

const summaries = new Map<string, string>([
  ['variables', 'The only values that ${…} can see. Secrets come from the environment: see .env.example.'],
  ['external', 'Exists already, is referred to, and is never changed from here.'],
  ...kinds.map(({ name, summary }) => [name, summary] as const),
]);

/** YAML as a person writes it: sections apart, each with what it is; texts of several lines as blocks. */
const textOfDocument = (value: JsonObject): string =>
  [`#${modeline}\n`, ...Object.entries(value).map(([name, section]) => textOfSection(name, section))].join(
    '\n',
  );

function textOfSection(name: string, section: Json): string {
  const summary = wrapped(summaries.get(name) ?? '').filter((line) => line !== '');
  const comment = summary.map((line) => `# ${line}\n`).join('');
  const entries = isObject(section) ? Object.entries(section) : [];
  if (entries.length <= atOnce) return comment + textOf({ [name]: section });
  const parts = Array.from({ length: Math.ceil(entries.length / atOnce) }, (_, index) => {
    const some = entries.slice(index * atOnce, (index + 1) * atOnce);
    const text = textOf({ [name]: Object.fromEntries(some) });
    return index === 0 ? text : text.slice(text.indexOf('\n') + 1);
  });
  return comment + parts.join('');
}

/** So many resources become a document at once: its tree takes many times the memory of their text. */
const atOnce = 100;

const textOf = (value: JsonObject): string =>
  yamlText(new Document(value, { aliasDuplicateObjects: false }), { lineWidth: 0, blockQuote: 'literal' });

const commentWidth = 100;

function wrapped(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length + 1 > commentWidth) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
