import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Problem } from '../errors.js';
import { isObject, type Json } from '../json.js';
import { decodeText } from '../manifest/read-sources.js';
import { SourceText } from '../manifest/source-text.js';
import { reasonOf } from '../manifest/unreadable.js';
import type { ExpectedAnswer } from './expected-answers.js';
import { jsonMistake } from './json-mistake.js';

/**
 * What a file holds: an answer, nothing where Logto has no such object, or a mistake. A refusal that has to do with the
 * object (`application.invalid_type` for the roles of a website) is a mistake only where somebody needs the answer.
 */
export type SavedAnswer =
  | { readonly value: Json }
  | { readonly refusal: string }
  | { readonly problem: Problem }
  | { readonly problemIfNeeded: Problem };

/**
 * Reads one saved answer.
 *
 * @param shape what Logto answers there
 */
export async function readAnswer(
  folder: string,
  file: string,
  shape: ExpectedAnswer['shape'],
): Promise<SavedAnswer> {
  const path = join(folder, file);
  const text = await textOf(path);
  if (typeof text !== 'string') return text;
  const source = new SourceText(path, text);
  const problemAt = (message: string, hint: string, offset: number): Problem => {
    // The line is not shown: an answer is mostly one line, and holds secrets.
    const { file: name, line, column } = source.rangeOf(offset, offset + 1);
    return { code: 'wrong-value', severity: 'error', message, hint, at: { file: name, line, column } };
  };
  const problem = (message: string, hint: string, offset = 0): SavedAnswer => ({
    problem: problemAt(message, hint, offset),
  });
  const parsed = parse(source.text);
  if (!parsed) {
    const { message, offset } = jsonMistake(source.text);
    return problem(message, 'save the answer of Logto as it is', offset);
  }
  const { value } = parsed;
  const refusal = refusalIn(value);
  if (refusal !== undefined) {
    const message = `this is no answer but a refusal of Logto: ${refusal}`;
    if (refusal.startsWith('entity.')) return { refusal };
    if (isOfToken(refusal)) return problem(message, 'ask again, with a token that is valid');
    const hint = 'ask again; or remove the file, and what it would tell is left out';
    return { problemIfNeeded: problemAt(message, hint, 0) };
  }
  const isList = Array.isArray(value);
  if (shape === 'list' && !isList)
    return problem(`a list should be here, as Logto answers it`, 'is it the answer to another request?');
  if (shape === 'object' && !isObject(value)) {
    return problem(`an object should be here, as Logto answers it`, 'is it the answer to another request?');
  }
  return { value };
}

async function textOf(path: string): Promise<string | SavedAnswer> {
  const problem = (message: string, hint?: string): SavedAnswer => ({
    problem: {
      code: 'unreadable-file',
      severity: 'error',
      message: `${path} ${message}`,
      ...(hint !== undefined && { hint }),
    },
  });
  try {
    return decodeText(await readFile(path)) ?? problem('is not UTF-8 text', 'save it as UTF-8');
  } catch (error) {
    return problem(`cannot be read: ${reasonOf(error)}`);
  }
}

function parse(text: string): { readonly value: Json } | undefined {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

/** Whoever asked was not let in, or a server before Logto has answered. */
const isOfToken = (refusal: string): boolean => refusal.startsWith('auth.') || !/^[a-z_]+\.\w/.test(refusal);

/** The code of an error of Logto, or its message where there is none. Its objects have an id, or no message. */
function refusalIn(value: Json): string | undefined {
  if (!isObject(value) || typeof value.message !== 'string' || 'id' in value) return undefined;
  const isRefusal = typeof value.code === 'string' || Object.keys(value).length === 1;
  if (!isRefusal) return undefined;
  return typeof value.code === 'string' ? value.code : value.message;
}
