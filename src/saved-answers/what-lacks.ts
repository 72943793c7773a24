import type { Omission } from '../export/exported.js';
import { kindNamed } from '../kinds/index.js';
import { count } from '../render/count.js';
import { matchesPath, type ExpectedAnswer } from './expected-answers.js';
import type { SavedAnswers } from './saved-answers.js';

/** Something of an object that is left out, as the answer that tells it is not saved. */
export interface Lack {
  readonly kind: string;
  readonly part: string;
  readonly path: string;
}

/** Ids that are named where several files are missing. */
const namedIds = 3;

/** What is left out because it is not saved: once for each part of each kind. */
export function omissionsOf(
  lacks: readonly Lack[],
  { doubtful }: Pick<SavedAnswers, 'doubtful'>,
  expected: readonly ExpectedAnswer[],
): readonly Omission[] {
  // In the order in which an export says them; what is read at the same time is missed in any.
  const parts = expected.flatMap(({ kind, part, path: template }) => {
    const own = lacks.filter(
      (lack) => lack.kind === kind && lack.part === part && matchesPath(template, lack.path),
    );
    return own.length === 0 ? [] : [partOmission(template, own)];
  });
  const cut = [...doubtful].map((path) => ({
    what: `what may come after the end of ${path}.json`,
    why: `it holds as many items as Logto gives at once; ask for /api/${path}?page=1&page_size=100, and for page=2 and so on as ${path}.2.json, until one is not full`,
  }));
  return [...parts, ...cut];
}

function partOmission(template: string, lacks: readonly Lack[]): Omission {
  const [{ kind, part } = { kind: '', part: '' }] = lacks;
  const ids = [...new Set(lacks.map(({ path }) => idIn(template, path)))].sort();
  const more = ids.length > namedIds ? ` and ${ids.length - namedIds} more` : '';
  return {
    what: `${part} of ${count(ids.length, kindNamed(kind).singular)}`,
    why: `${template}.json is missing for ${ids.slice(0, namedIds).join(', ')}${more}`,
  };
}

/** `roles/{id}/scopes`, `roles/abc/scopes` → `abc`. */
const idIn = (template: string, path: string): string =>
  path.split('/')[template.split('/').indexOf('{id}')] ?? path;

/** Why a kind is left out of which there is no list. */
export function whyMissing(
  kindName: string,
  { missing }: Pick<SavedAnswers, 'missing'>,
  expected: readonly ExpectedAnswer[],
): string {
  const files = expected
    .filter(({ kind, part, path }) => kind === kindName && part === undefined && isMissing(path, missing))
    .map(({ path }) => `${path}.json`);
  return `${files.join(', ')} is missing, and nothing is stated of what refers to it`;
}

const isMissing = (template: string, missing: ReadonlySet<string>): boolean =>
  [...missing].some((path) => matchesPath(template, path));
