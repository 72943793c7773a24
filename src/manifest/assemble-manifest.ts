import type { JsonObject } from '../json.js';
import { ManifestError } from '../errors.js';
import { kinds } from '../kinds/index.js';
import { applyOverlay } from './apply-overlay.js';
import { checkLifecycles, checkPins } from './check-addresses.js';
import { readMoves } from './check-moves.js';
import { checkKeys, checkReferences } from './check-references.js';
import { checkRules } from './check-rules.js';
import { checkUniqueKeys } from './check-unique.js';
import { checkValues } from './check-values.js';
import { checkTexts } from './check-texts.js';
import { declareResources } from './declare-resources.js';
import { rangeIn, type Declarations } from './declared.js';
import { fillGaps } from './fill-gaps.js';
import { interpolate } from './interpolate.js';
import { toJson, type LocatedMap } from './located.js';
import type { Manifest, ManifestOptions } from './manifest.js';
import { mergeFiles } from './merge-files.js';
import type { Problems } from './problems.js';
import { readContents } from './read-contents.js';
import { readDocuments, type Documents } from './read-documents.js';
import { readStack } from './read-stack.js';
import { secretPaths, secretsByTrait, sensitivePaths } from './sensitive.js';
import { placeName, SourceText, type Place } from './source-text.js';
import { resolveVariables, type ResolvedVariables } from './variables.js';

type AssembleOptions = Omit<ManifestOptions, 'files' | 'overlays'>;

/** Sources → one manifest: parse, put variables in, merge, overlay, check. Mistakes of every step are collected. */
export async function assembleManifest(
  sources: readonly SourceText[],
  overlays: readonly SourceText[],
  options: AssembleOptions,
  problems: Problems,
): Promise<Manifest> {
  const start: Place = { source: sources[0] ?? new SourceText('manifest', ''), start: 0, end: 0 };
  const documents = readDocuments(sources, overlays, problems);
  const resolved = await resolveVariables(mergeVariables(documents, start, problems), {
    given: options.variables ?? {},
    environment: options.environment ?? process.env,
    isComplete: documents.isComplete,
    ...(options.standIns && { standIns: true }),
    problems,
  });
  const root = await readContents(mergeAll(documents, resolved, start, problems), problems);
  return checkManifest(
    root,
    {
      isComplete: documents.isComplete,
      secrets: resolved.secrets,
      ...(options.stack !== undefined && { stack: options.stack }),
      ...(options.allowEmpty !== undefined && { allowEmpty: options.allowEmpty }),
      ...(sources.length > 0 && { start }),
    },
    problems,
  );
}

export interface CheckOptions {
  /** False when a part could not be read: then nothing is called unknown. */
  readonly isComplete: boolean;
  readonly secrets: readonly string[];
  readonly stack?: string;
  readonly allowEmpty?: boolean;
  /** Where a manifest that declares nothing is told of. */
  readonly start?: Place;
}

/**
 * One merged manifest, values in their places → what it declares, checked. Where it comes from makes no difference.
 *
 * @throws {ManifestError} with every mistake that was found
 */
export function checkManifest(root: LocatedMap, options: CheckOptions, problems: Problems): Manifest {
  const { isComplete, allowEmpty = false, start } = options;
  const stack = readStack(root, options.stack, problems);
  checkTexts(root, problems);
  const declarations = declareResources(root, problems);
  const moved = readMoves(root, declarations, isComplete, problems);
  checkAll(declarations, isComplete, problems);
  if (!allowEmpty) checkNotEmpty(declarations, start, problems);
  const secrets = [...new Set([...options.secrets, ...secretsByTrait(declarations)])];
  const found = problems.sorted(secrets);
  if (problems.hasErrors) throw new ManifestError(found);
  let document: JsonObject | undefined;
  let withTraits: Manifest['sensitivePaths'] | undefined;
  return {
    stack,
    desired: new Map([...declarations].map(([address, { resource }]) => [address, resource])),
    moved,
    // Few ask for it, and it is as large as all that the manifest says.
    get document() {
      return (document ??= documentOf(root, stack));
    },
    secrets,
    secretPaths: secretPaths(declarations),
    // Only what prints a manifest asks for them.
    get sensitivePaths() {
      return (withTraits ??= sensitivePaths(declarations));
    },
    warnings: found,
    locate: (address, path = []) => {
      const declared = declarations.get(address);
      return declared && rangeIn(declared, path);
    },
  };
}

/** The variables of all files, with what overlays say about them. */
function mergeVariables(documents: Documents, start: Place, problems: Problems): LocatedMap | undefined {
  const files = mergeFiles(
    documents.files.map(({ variables }) => variables),
    start,
    problems,
  );
  const overlays = documents.overlays.map(({ variables }) => variables);
  const merged = overlays.reduce((base, overlay) => applyOverlay(base, overlay, problems), files);
  const section = merged.entries.get('variables');
  if (section?.value.type === 'map') return section.value;
  if (section && (section.value.type !== 'scalar' || section.value.value !== null)) {
    problems.error('wrong-type', 'variables must be a map with one key for each variable', section.key);
  }
  return undefined;
}

function mergeAll(
  documents: Documents,
  { variables, missing }: ResolvedVariables,
  start: Place,
  problems: Problems,
): LocatedMap {
  const uses = new Map<string, Place>();
  const put = ({ rest }: { readonly rest: LocatedMap }): LocatedMap =>
    interpolate(rest, { variables, uses, isComplete: documents.isComplete, problems });
  const files = mergeFiles(documents.files.map(put), start, problems);
  const merged = documents.overlays
    .map(put)
    .reduce((base, over) => applyOverlay(base, over, problems), files);
  for (const [name, { place, hint }] of missing) {
    const use = uses.get(name);
    const used = use ? `, used at ${placeName(use)}` : '';
    problems.error('missing-variable', `the variable "${name}" has no value${used}`, place, hint);
  }
  return fillGaps(merged);
}

function checkAll(declarations: Declarations, isComplete: boolean, problems: Problems): void {
  // What could not be read may hold anything, so nothing is called unknown while a part of the manifest is.
  if (isComplete) checkReferences(declarations, problems);
  checkKeys(declarations, problems);
  checkPins(declarations, problems);
  checkUniqueKeys(declarations, problems);
  checkLifecycles(declarations, problems);
  checkValues(declarations, problems);
  checkRules(declarations, problems);
}

function checkNotEmpty(declarations: Declarations, start: Place | undefined, problems: Problems): void {
  const isEmpty = [...declarations.values()].every(({ resource }) => resource.external);
  if (!isEmpty || problems.hasErrors) return;
  const hint = 'it would delete everything that the stack owns; if that is meant, say --allow-empty';
  problems.error('empty-manifest', 'the manifest declares nothing', start, hint);
}

/** The merged manifest as plain JSON, its sections in the order of the kinds. Variables are resolved, so they are out. */
function documentOf(root: LocatedMap, stack: string): JsonObject {
  const names = ['external', 'moved', ...kinds.map(({ name }) => name)];
  const sections = names.flatMap((name) => {
    const entry = root.entries.get(name);
    return entry ? [[name, toJson(entry.value)] as const] : [];
  });
  return Object.fromEntries([['stack', stack], ...sections.filter(([, value]) => value !== null)]);
}
