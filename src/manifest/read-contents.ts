import { dirname, join } from 'node:path';
import { member } from '../json.js';
import type { Field } from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
import { readConfinedFile } from './confined-file.js';
import type { Located, LocatedEntry, LocatedMap } from './located.js';
import { parseYaml } from './parse-yaml.js';
import type { Problems } from './problems.js';
import { kindOfSection } from './sections.js';
import { SourceText, type Place } from './source-text.js';

/**
 * Puts the contents of files in place of `{ file: ./path }` where a kind has content: style sheets, scripts, templates,
 * phrases. A path is relative to the manifest or overlay that it stands in. What is read is never interpolated.
 */
export async function readContents(root: LocatedMap, problems: Problems): Promise<LocatedMap> {
  const read = async (name: string, entry: LocatedEntry): Promise<LocatedEntry> => {
    const kind = kindOfSection(name);
    if (!kind || kind.link || !hasContents(kind) || !namesFiles(entry.value)) return entry;
    return kind.singleton ? inResource(entry, kind, problems) : inSection(entry, kind, problems);
  };
  return mapEntries(root, read);
}

const hasContents = (kind: Kind): boolean =>
  Object.values(kind.fields).some(holdsContent) || Object.values(kind.children ?? {}).some(hasContents);

function holdsContent(field: Field): boolean {
  if (field.type === 'text' || field.type === 'json') return field.content !== undefined;
  if (field.type === 'list' || field.type === 'record') return holdsContent(field.items);
  return field.type === 'object' && Object.values(field.fields).some(holdsContent);
}

/** Whether anything in it looks as if it named a file: most manifests are done with a look. */
function namesFiles(node: Located): boolean {
  if (node.type === 'list') return node.items.some(namesFiles);
  if (node.type !== 'map') return false;
  if (namedFile(node)) return true;
  for (const { value } of node.entries.values()) if (namesFiles(value)) return true;
  return false;
}

const inSection = (section: LocatedEntry, kind: Kind, problems: Problems): Promise<LocatedEntry> =>
  mapValue(section, (_key, entry) => inResource(entry, kind, problems));

const inResource = async (resource: LocatedEntry, kind: Kind, problems: Problems): Promise<LocatedEntry> =>
  !namesFiles(resource.value)
    ? resource
    : mapValue(resource, (name, entry) => {
        const child = kind.children?.[name];
        if (child) return inSection(entry, child, problems);
        return inField(entry, member(kind.fields, name), problems);
      });

async function inField(
  entry: LocatedEntry,
  field: Field | undefined,
  problems: Problems,
): Promise<LocatedEntry> {
  if (!field || !holdsContent(field)) return entry;
  const { value } = entry;
  if (field.type === 'text' || field.type === 'json') {
    const file = namedFile(value);
    return file ? { ...entry, value: await contentOf(file, field, problems) } : entry;
  }
  if (field.type === 'list' && value.type === 'list') {
    const items = value.items.map((item) => inField({ key: item.place, value: item }, field.items, problems));
    return { ...entry, value: { ...value, items: (await Promise.all(items)).map((item) => item.value) } };
  }
  return mapValue(entry, (name, inner) =>
    inField(
      inner,
      field.type === 'object'
        ? member(field.fields, name)
        : field.type === 'record'
          ? field.items
          : undefined,
      problems,
    ),
  );
}

interface NamedFile {
  readonly name: string;
  readonly place: Place;
}

/** `{ file: ./path }` and nothing beside it. */
function namedFile(value: Located): NamedFile | undefined {
  const file =
    value.type === 'map' && value.entries.size === 1 ? value.entries.get('file')?.value : undefined;
  if (file?.type !== 'scalar' || typeof file.value !== 'string' || file.broken) return undefined;
  return { name: file.value, place: file.place };
}

async function contentOf({ name, place }: NamedFile, field: Field, problems: Problems): Promise<Located> {
  const broken: Located = { type: 'scalar', value: null, place, broken: true };
  const read = await readConfinedFile(name, place, 'wrong-value', problems);
  if (!read) return broken;
  if (field.type === 'text') return { type: 'scalar', value: read.text, place };
  // JSON is YAML too, and its mistakes are told where they are.
  const source = new SourceText(join(dirname(place.source.name), name), read.text);
  const { documents, isBroken } = parseYaml(source, problems, false);
  const [document, ...others] = documents;
  if (document && others.length === 0) return document;
  if (!isBroken) {
    const hint = 'write one JSON or YAML map into it';
    problems.error(
      'wrong-value',
      `the file ${name} holds ${document ? 'more than one document' : 'nothing'}`,
      place,
      hint,
    );
  }
  return broken;
}

async function mapValue(
  entry: LocatedEntry,
  change: (key: string, entry: LocatedEntry) => Promise<LocatedEntry>,
): Promise<LocatedEntry> {
  return entry.value.type === 'map' ? { ...entry, value: await mapEntries(entry.value, change) } : entry;
}

async function mapEntries(
  map: LocatedMap,
  change: (key: string, entry: LocatedEntry) => Promise<LocatedEntry>,
): Promise<LocatedMap> {
  const entries = [...map.entries].map(async ([key, entry]) => [key, await change(key, entry)] as const);
  return { ...map, entries: new Map(await Promise.all(entries)) };
}
