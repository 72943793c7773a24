import type { JsonObject } from '../../json.js';
import { canonicalDocument } from '../../manifest/canonical.js';
import type { Layout } from '../write-manifest.js';
import { word } from './code.js';
import { declarationsOf } from './declarations.js';
import { filePerKind, nameElsewhere, nameOf } from './file-per-kind.js';
import { Names } from './names.js';
import { ownNames, Program, type ProgramSecret, type ProgramTenant } from './program.js';
import { projectFiles } from './project-files.js';
import { refuseTokens } from './refuse-tokens.js';
import { singleFile } from './single-file.js';

/** The file that the program begins with. */
export const mainFileName = 'main.ts';

export interface ConstructsOptions {
  readonly tenant: ProgramTenant;
  readonly layout: Layout;
  /** Names of the files in which contents are kept. Default: none. */
  readonly contents?: ReadonlySet<string>;
}

export interface ConstructFiles {
  /** File name → text. */
  readonly files: ReadonlyMap<string, string>;
  readonly secrets: readonly ProgramSecret[];
}

/**
 * A manifest as a program of constructs for CDKTF, which synthesises to the same manifest.
 *
 * @param document expressions and escapes are in it, as they stand in the text
 * @throws {UsageError} it holds what no such program can say
 */
export function constructFiles(
  document: JsonObject,
  { tenant, layout, contents = new Set() }: ConstructsOptions,
): ConstructFiles {
  refuseTokens(document);
  const sorted = canonicalDocument(document);
  const isSingle = layout === 'single';
  const program = new Program({
    files: contents,
    secretScope: isSingle ? [] : [word('tenant')],
    elsewhere: isSingle ? ({ name }) => name : nameElsewhere,
  });
  const names = isSingle ? namesOfProgram() : namesOfSections(Object.keys(sorted));
  const sources = (isSingle ? singleFile : filePerKind)(declarationsOf(sorted, names), program, tenant);
  return { files: new Map([...sources, ...projectFiles(tenant.stack)]), secrets: program.secrets };
}

/** All variables are in one file. */
function namesOfProgram(): () => Names {
  const names = new Names(ownNames);
  return () => names;
}

/** Each section has its own file, and there the names of the other sections. */
function namesOfSections(sections: readonly string[]): (section: string) => Names {
  const names = new Map(
    sections.map((section) => [section, new Names([...ownNames, ...sections.map(nameOf)])] as const),
  );
  return (section) => names.get(section) ?? new Names(ownNames);
}
