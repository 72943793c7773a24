import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { SourceText } from '../manifest/source-text.js';
import type { Found } from './checks.js';

/** The first line of a manifest, by which editors know its schema. */
const modeline = /^#\s*yaml-language-server:.*\$schema=(\S+)/m;

type Sight = 'none' | 'elsewhere' | 'missing' | 'other' | 'same';

/**
 * Looks whether manifests name a schema for editors, and whether that is the one of this version.
 *
 * @param schema the text of the schema of this version
 */
export async function checkSchemaLines(
  sources: readonly SourceText[],
  schema: string,
): Promise<Found<undefined>> {
  const seen = await Promise.all(sources.map((source) => look(source, schema)));
  const worst = (['missing', 'other', 'none'] as const)
    .map((sight) => seen.find((one) => one.sight === sight))
    .find((one) => one !== undefined);
  const found = (message: string, remedy?: string): Found<undefined> => ({
    value: undefined,
    message,
    remedy,
  });
  const write = `logto-iac schema > ${worst?.path ?? 'logto.schema.json'}`;
  switch (worst?.sight) {
    case 'missing':
      return found(`${worst.file} names a schema that is not there: ${worst.path ?? ''}`, write);
    case 'other':
      return found(`${worst.path ?? ''} is not the schema of this version of logto-iac`, write);
    case 'none':
      return found(
        `${worst.file} names no schema, so that editors cannot complete and check it`,
        `${write}, and write above it: # yaml-language-server: $schema=./logto.schema.json`,
      );
    default:
      return seen.some(({ sight }) => sight === 'elsewhere')
        ? found('the schema that manifests name is at an address of its own, and was not compared')
        : found('the schema that manifests name is that of this version');
  }
}

interface Seen {
  readonly file: string;
  readonly sight: Sight;
  /** Of the schema, as one writes it in a shell here. */
  readonly path?: string;
}

async function look({ name, text, folder = '.' }: SourceText, schema: string): Promise<Seen> {
  const named = modeline.exec(text)?.[1];
  if (named === undefined) return { file: name, sight: 'none' };
  if (/^[a-z][a-z0-9+.-]+:/i.test(named)) return { file: name, sight: 'elsewhere' };
  const path = relative(process.cwd(), join(folder, named));
  try {
    const kept = await readFile(path, 'utf8');
    return { file: name, path, sight: kept === schema ? 'same' : 'other' };
  } catch {
    return { file: name, path, sight: 'missing' };
  }
}
