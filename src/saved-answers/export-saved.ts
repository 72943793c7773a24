import { ManifestError, UsageError } from '../errors.js';
import { exportTenant, type Export, type ExportOptions, type ExportSource } from '../export/export-tenant.js';
import { exportScope } from '../export/scope.js';
import { isObject } from '../json.js';
import { asList } from '../kinds/endpoints.js';
import { kinds } from '../kinds/index.js';
import { noLedger } from '../state/file-ledger.js';
import { tenantLedger } from '../state/tenant-ledger.js';
import { expectedAnswers, matchesPath, type ExpectedAnswer } from './expected-answers.js';
import { NotSaved, openSavedAnswers, type SavedAnswers } from './saved-answers.js';
import { omissionsOf, whyMissing, type Lack } from './what-lacks.js';

/** The application that somebody signed in with to save the answers, and that no manifest should touch. */
export interface OwnApplication {
  readonly id: string;
  /** Whether it has to be among the saved ones. */
  readonly isNamed: boolean;
}

/** What the saved answers do not tell of their tenant. */
export interface SavedTenant {
  readonly ownApplication?: OwnApplication;
  /** Where the tenant is: for a program of constructs, which states it. */
  readonly endpoint?: string;
  /** The indicator of its Management API, where it is another than the endpoint lets expect. */
  readonly resource?: string;
}

/** An export, and what of the folder was not looked at. */
export interface SavedExport extends Export {
  readonly unused: readonly string[];
}

/**
 * Gives the manifests that say what saved answers of the Management API tell of a tenant. Asks no server. What is not
 * saved is left out, and told.
 *
 * @throws {UsageError} the folder holds no answers, or a section or a filter is none
 * @throws {ManifestError} a file is no answer of Logto
 */
export async function exportSaved(
  folder: string,
  options: ExportOptions = {},
  { ownApplication, ...address }: SavedTenant = {},
): Promise<SavedExport> {
  const { kinds: wanted } = exportScope(options.only, options.select);
  const expected = await expectedAnswers(new Set(kinds.map(({ name }) => name)));
  const saved = await openSavedAnswers(
    folder,
    (path) => expected.find((answer) => matchesPath(answer.path, path))?.shape,
  );
  if (saved.count === 0)
    throw noAnswers(
      folder,
      expected.filter(({ kind }) => wanted.has(kind)),
    );
  const lacks: Lack[] = [];
  const source: ExportSource = {
    tenant: { read: saved.api, ...address },
    ...(await ownershipIn(folder, saved, ownApplication)),
    lacking: {
      isLack: (error) => error instanceof NotSaved,
      leaveOut: (kind, part, error) => {
        if (error instanceof NotSaved) lacks.push({ kind, part, path: error.path });
      },
    },
    reasons: {
      unlisted: 'it is in no file, so nothing is stated of what refers to it',
      missing: (kindName) => whyMissing(kindName, saved, expected),
    },
  };
  const exported = await exportTenant(source, options);
  if (saved.refused.size > 0) throw new ManifestError([...saved.refused]);
  const { tenant } = exported;
  const omissions = [
    ...tenant.omissions,
    ...omissionsOf([...lacks, ...missingLists(saved, expected, wanted)], saved, expected),
  ];
  return { ...exported, tenant: { ...tenant, omissions }, unused: saved.unused };
}

const missingLists = (
  saved: SavedAnswers,
  expected: readonly ExpectedAnswer[],
  wanted: ReadonlySet<string>,
): readonly Lack[] =>
  [...saved.missingLists].flatMap((path) => {
    const { kind = '', part = '' } = expected.find((answer) => matchesPath(answer.path, path)) ?? {};
    return wanted.has(kind) ? [{ kind, part, path }] : [];
  });

async function ownershipIn(
  folder: string,
  { api }: SavedAnswers,
  own: OwnApplication | undefined,
): Promise<Pick<ExportSource, 'home' | 'ownApplicationId'>> {
  const applications = asList(await api.get('/api/applications').catch(() => []));
  const isThere = applications.some((application) => isObject(application) && application.id === own?.id);
  if (own && isThere) {
    return { home: tenantLedger(api, cannotWrite, own.id), ownApplicationId: own.id };
  }
  if (own?.isNamed) {
    throw new UsageError(
      `--app-id ${own.id}: ${folder} holds no applications.json with an application of this id`,
    );
  }
  return { home: noLedger, ownApplicationId: '' };
}

const cannotWrite = (): never => {
  throw new Error('saved answers are only read');
};

function noAnswers(folder: string, expected: readonly ExpectedAnswer[]): UsageError {
  const requests = new Map<string, string>();
  for (const answer of expected) {
    const file = `${answer.path}.json`;
    if (!answer.isAlternative && !requests.has(file)) requests.set(file, requestFor(answer));
  }
  const width = Math.max(...[...requests.keys()].map(({ length }) => length));
  const lines = [...requests].map(([file, request]) => `  ${file.padEnd(width)}  GET ${request}`);
  return new UsageError(
    `--from ${folder}: no file there is called as the answer to a request of the Management API\n${lines.join('\n')}`,
    'Save the answer to GET /api/PATH as PATH.json, with the id of each object for {id}; further pages as PATH.2.json and so on. What is missing is left out, and told.',
  );
}

function requestFor({ path, query = {}, isPaged }: ExpectedAnswer): string {
  const parameters = { ...query, ...(isPaged && { page: 1, page_size: 100 }) };
  const search = Object.entries(parameters).map(([name, value]) => `${name}=${String(value)}`);
  return `/api/${path}${search.length === 0 ? '' : `?${search.join('&')}`}`;
}
