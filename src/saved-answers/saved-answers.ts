import { join } from 'node:path';
import { ApiError, ManifestError, type Problem } from '../errors.js';
import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { Query, ReadApi } from '../management-api/api.js';
import { findAnswerFiles } from './answer-files.js';
import { includedIn, type ExpectedAnswer } from './expected-answers.js';
import { readAnswer } from './read-answer.js';

/** Nobody has saved the answer to a request. */
export class NotSaved extends ApiError {
  constructor(readonly path: string) {
    // A 404 without a code: as from a server that does not know the path.
    super(`${path} is not saved`, { request: `GET /api/${path}`, status: 404 });
  }
}

/** Answers of the Management API that somebody has saved, as an API that can be read. */
export interface SavedAnswers {
  readonly api: ReadApi;
  /** The requests that were asked for and are not there, such as `roles/abc/scopes`. */
  readonly missing: ReadonlySet<string>;
  /** Lists that belong to items of another one, and are neither in it nor by themselves. */
  readonly missingLists: ReadonlySet<string>;
  /** Lists that may go on, as they end where a page does. */
  readonly doubtful: ReadonlySet<string>;
  /** Refusals that were saved in the place of answers, of those that were asked for. */
  readonly refused: ReadonlySet<Problem>;
  /** Files that answer none of the expected requests. */
  readonly unused: readonly string[];
  /** How many requests are answered. */
  readonly count: number;
}

/** What Logto gives without being asked for pages, and the most that it gives at once. */
const pageSizes = [20, 100];

interface Answer {
  readonly values: readonly Json[];
  /** Logto's own code where it has no such object. */
  readonly refusal?: string;
  readonly problemIfNeeded?: Problem;
}

/**
 * Reads the answers that are saved below a folder.
 *
 * @param shapeOf what Logto answers to a request; undefined where nobody asks for it
 * @throws {ManifestError} files hold something else than Logto answers; all of them are named
 * @throws {UsageError} the folder cannot be read
 */
export async function openSavedAnswers(
  folder: string,
  shapeOf: (path: string) => ExpectedAnswer['shape'] | undefined,
): Promise<SavedAnswers> {
  const answers = new Map<string, Answer>();
  const unused: string[] = [];
  const problems: Problem[] = [];
  for (const [path, files] of await findAnswerFiles(folder)) {
    const shape = shapeOf(path);
    if (shape === undefined) unused.push(...files);
    else answers.set(path, await readPages(folder, files, shape, problems));
  }
  if (problems.length > 0) throw new ManifestError(problems);
  const noted = {
    missing: new Set<string>(),
    missingLists: new Set<string>(),
    doubtful: new Set<string>(),
    refused: new Set<Problem>(),
  };
  return { ...noted, api: apiOver(answers, noted), unused, count: answers.size };
}

async function readPages(
  folder: string,
  files: readonly string[],
  shape: ExpectedAnswer['shape'],
  problems: Problem[],
): Promise<Answer> {
  const values: Json[] = [];
  let refusal: string | undefined;
  let problemIfNeeded: Problem | undefined;
  const [first = '', second] = files;
  if (shape !== 'list' && second !== undefined) {
    const message = `${join(folder, second)} answers the same request as ${join(folder, first)}`;
    problems.push({ code: 'conflict', severity: 'error', message, hint: 'keep one of the two' });
  }
  for (const file of files) {
    const answer = await readAnswer(folder, file, shape);
    if ('problem' in answer) problems.push(answer.problem);
    else if ('problemIfNeeded' in answer) ({ problemIfNeeded } = answer);
    else if ('refusal' in answer) refusal = answer.refusal;
    else values.push(answer.value);
  }
  return {
    values,
    ...(refusal !== undefined && { refusal }),
    ...(problemIfNeeded && { problemIfNeeded }),
  };
}

/** What is found out while answers are asked for. */
interface Noted extends Readonly<Record<'missing' | 'missingLists' | 'doubtful', Set<string>>> {
  readonly refused: Set<Problem>;
}

function apiOver(
  answers: ReadonlyMap<string, Answer>,
  { missing, missingLists, doubtful, refused }: Noted,
): ReadApi {
  const find = (path: string): readonly Json[] => {
    const { values = [], refusal, problemIfNeeded } = answers.get(path) ?? {};
    if (problemIfNeeded) refused.add(problemIfNeeded);
    if (values.length > 0) return values;
    const request = `GET /api/${path}`;
    if (refusal !== undefined)
      throw new ApiError(`${request}: 404 ${refusal}.`, { request, status: 404, code: refusal });
    missing.add(path);
    throw new NotSaved(path);
  };
  /** A list that is neither in the item nor saved by itself is empty, and noted as missing. */
  const included = (path: string, item: JsonObject, name: string): Json => {
    const below = `${path}/${textOf(item.id)}/${name}`;
    const held = item[name];
    if (Array.isArray(held)) return held as readonly Json[];
    const answer = answers.get(below);
    if (!answer) missingLists.add(below);
    if (answer?.problemIfNeeded) refused.add(answer.problemIfNeeded);
    return itemsOf(answer?.values ?? []);
  };
  const listOf = (path: string, values: readonly Json[], query: Query): readonly JsonObject[] => {
    if (mayGoOn(values)) doubtful.add(path);
    const names = includedIn(query);
    return itemsOf(values)
      .filter(isOfType(query))
      .map((item) => ({
        ...item,
        ...Object.fromEntries(names.map((name) => [name, included(path, item, name)] as const)),
      }));
  };
  const read = (fullPath: string, query: Query): Json => {
    const path = decodeURIComponent(fullPath.replace(/^\/api\//, ''));
    const values = find(path);
    const [first = null] = values;
    return Array.isArray(first) ? listOf(path, values, query) : first;
  };
  return {
    get: (path, query = {}) => inPromise(() => read(path, query)),
    list: (path, query = {}) => inPromise(() => itemsOf([read(path, query)])),
  };
}

/** What is thrown becomes a rejection. */
const inPromise = <T>(make: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(make());
  });

/** Pages put together, each object once: between two requests they may have moved. */
function itemsOf(pages: readonly Json[]): readonly JsonObject[] {
  const items = pages
    .flatMap((page) => (Array.isArray(page) ? (page as readonly Json[]) : []))
    .filter((item): item is JsonObject => isObject(item));
  return [...new Map(items.map((item, index) => [item.id ?? index, item])).values()];
}

/** Only lists of applications are asked for by type, and each application tells its own. */
const isOfType =
  ({ types }: Query) =>
  ({ type }: JsonObject): boolean =>
    types === undefined || [types].flat().includes(textOf(type));

function mayGoOn(pages: readonly Json[]): boolean {
  const sizes = pages.map((page) => (Array.isArray(page) ? page.length : 0));
  const last = sizes.at(-1) ?? 0;
  return pageSizes.includes(last) && sizes.every((size) => size === last);
}
