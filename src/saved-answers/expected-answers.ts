import type { Json, JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import type { Kind, TenantLists } from '../kinds/kind.js';
import type { Query, ReadApi } from '../management-api/api.js';

/** An answer of the Management API that an export looks for. */
export interface ExpectedAnswer {
  /** Below `/api/`; `{id}` stands for the id of any object: `roles/{id}/scopes`. */
  readonly path: string;
  /** The section of the manifest that it is for. */
  readonly kind: string;
  /** What of an object it tells; absent for the objects themselves. */
  readonly part?: string;
  readonly shape: 'list' | 'object' | 'any';
  /** Without asking for pages, Logto gives the first twenty items only. */
  readonly isPaged: boolean;
  /** What is asked for besides pages. */
  readonly query?: Query;
  /** What the answer tells comes in another one too, or was found there already. */
  readonly isAlternative?: true;
}

/** Stands for every id while nothing is asked of a server. */
const anyId = '{id}';

/**
 * The requests that an export of some kinds makes. No list of them is kept anywhere: the kinds are asked what they read,
 * with an API that only takes notes.
 */
export async function expectedAnswers(kindNames: ReadonlySet<string>): Promise<readonly ExpectedAnswer[]> {
  const wanted = kinds.filter(({ name }) => kindNames.has(name));
  const answers = (await Promise.all(wanted.map(answersOf))).flat();
  const seen = new Set<string>();
  return answers.filter(({ kind, part = '', path }) => {
    const isNew = !seen.has(`${kind} ${part} ${path}`);
    seen.add(`${kind} ${part} ${path}`);
    return isNew;
  });
}

interface Reading {
  readonly part?: string;
  readonly isAlternative?: true;
  readonly read: (api: ReadApi) => Promise<unknown>;
}

async function answersOf(kind: Kind): Promise<readonly ExpectedAnswer[]> {
  const found = await Promise.all(
    readingsOf(kind).map(async ({ part, isAlternative, read }) => {
      const about = {
        kind: kind.name,
        ...(part !== undefined && { part }),
        ...(isAlternative && { isAlternative }),
      };
      return (await requestsOf(read)).flatMap((request) => answersTo(request, about));
    }),
  );
  return found.flat();
}

function readingsOf(kind: Kind): readonly Reading[] {
  const { endpoints, relations, parts, children } = kind;
  return [
    ...[endpoints?.list, endpoints?.findAll].flatMap((read) => (read ? [{ read }] : [])),
    ...Object.entries(relations ?? {}).flatMap(([part, { read, readOne }]): readonly Reading[] => [
      { part, read: (api) => read(api, [anyId], anyLists) },
      { part, read: (api) => readOne(api, anyId), isAlternative: true },
    ]),
    ...Object.entries(parts ?? {}).map(([part, { read }]): Reading => ({
      part,
      read: (api) => read(api, anyId, everyMember(kind, part), anyLists),
    })),
    ...Object.entries(children ?? {}).flatMap(
      ([part, { isReadByParent, endpoints: own }]): readonly Reading[] => {
        const { listOf } = own ?? {};
        return isReadByParent && listOf ? [{ part, read: (api) => listOf(api, anyId) }] : [];
      },
    ),
  ];
}

function everyMember({ fields }: Kind, name: string): Json {
  const field = fields[name];
  return field?.type === 'object'
    ? Object.fromEntries(Object.keys(field.fields).map((member) => [member, null]))
    : null;
}

/** A role that more applications have than its list names is one for which they are asked. */
const anyObject = { id: anyId, fields: { id: anyId, type: 'MachineToMachine', applicationsCount: 100 } };
const anyLists: TenantLists = new Map(kinds.map(({ name }) => [name, [anyObject]]));

interface Request {
  readonly path: string;
  readonly query: Query;
  readonly isPaged: boolean;
  readonly shape: ExpectedAnswer['shape'];
}

/** What a reading asks for. Which of its answers have to be lists shows when it is given something else. */
async function requestsOf(read: Reading['read']): Promise<readonly Request[]> {
  const objects = new Set<string>();
  for (;;) {
    const { requests, failed } = await tryReading(read, objects);
    const last = requests.at(-1);
    if (failed && last && !objects.has(last.path)) {
      objects.add(last.path);
      continue;
    }
    return Promise.all(
      requests.map(async (request): Promise<Request> => {
        if (objects.has(request.path)) return { ...request, shape: 'object' };
        const other = request.isPaged
          ? undefined
          : await tryReading(read, new Set([...objects, request.path]));
        return { ...request, shape: other?.failed === false ? 'any' : 'list' };
      }),
    );
  }
}

/** Lets a reading ask an API that knows no tenant, and gives one object each time. */
async function tryReading(
  read: Reading['read'],
  objects: ReadonlySet<string>,
): Promise<{ readonly requests: readonly Omit<Request, 'shape'>[]; readonly failed: boolean }> {
  const requests: Omit<Request, 'shape'>[] = [];
  const note = (path: string, query: Query, isPaged: boolean): JsonObject => {
    requests.push({ path: decodeURIComponent(path.replace(/^\/api\//, '')), query, isPaged });
    return { ...Object.fromEntries(includedIn(query).map((name) => [name, []])), id: anyId };
  };
  const api: ReadApi = {
    get: (path, query = {}) => {
      const answer = note(path, query, false);
      return Promise.resolve(objects.has(requests.at(-1)?.path ?? '') ? answer : [answer]);
    },
    list: (path, query = {}) => Promise.resolve([note(path, query, true)]),
  };
  try {
    await read(api);
    return { requests, failed: false };
  } catch {
    // It was given something else than Logto answers, which is what is being found out.
    return { requests, failed: true };
  }
}

function answersTo(
  { path, query, isPaged, shape }: Request,
  about: Pick<ExpectedAnswer, 'kind' | 'part' | 'isAlternative'>,
): readonly ExpectedAnswer[] {
  const included = includedIn(query).map((part): ExpectedAnswer => ({
    ...about,
    part,
    path: `${path}/${anyId}/${part}`,
    shape: 'list',
    isPaged: true,
    isAlternative: true,
  }));
  return [{ ...about, path, shape, isPaged, query }, ...included];
}

/** `includeScopes=true` asks for the list `scopes` of each item, which is otherwise below it. */
export const includedIn = (query: Query): readonly string[] =>
  Object.keys(query).flatMap((name) => {
    const [, included = ''] = /^include([A-Z]\w*)$/.exec(name) ?? [];
    return included === '' ? [] : [included.charAt(0).toLowerCase() + included.slice(1)];
  });

/** Whether a path is one that a template with `{id}` stands for. */
export function matchesPath(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((segment, index) => segment === anyId || segment === given[index])
  );
}
