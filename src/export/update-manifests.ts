import { resolve } from 'node:path';
import { editAndCheck, type CheckOptions, type Checked, type Wanted } from '../accept/edit-and-check.js';
import type { Left } from '../accept/left.js';
import type { Edit } from '../edit/edit.js';
import type { Json } from '../json.js';
import type { ManifestSources } from '../manifest/load-manifest.js';
import type { Manifest, ManifestOptions } from '../manifest/manifest.js';
import { plan, type Planned, type Session } from '../reconcile.js';
import type { Resource } from '../state/resource.js';
import { readUntouchables } from '../state/untouchable.js';
import { compareWithExport, onlyDeclared, type Comparison } from './compare-with-export.js';
import { ContentFiles } from './content-files.js';
import { describeTenant } from './describe-tenant.js';
import type { Export, ExportOptions } from './export-tenant.js';
import type { ExportedTenant } from './exported.js';
import { knownObjects, sectionsOf } from './known-objects.js';
import { newSources } from './new-sources.js';
import { readEverything } from './read-everything.js';
import { exportScope, type ExportScope } from './scope.js';
import type { SecretVariable } from './secret-variables.js';

export interface UpdateOptions extends ExportOptions {
  /** Where the manifests lie, and where new files are made. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: ManifestSources;
  readonly loadOptions: ManifestOptions;
  /** Whether there is a file at a path, relative to the folder. */
  readonly isFile: (path: string) => boolean;
}

/** Manifests brought up to what a tenant holds. */
export interface Update {
  readonly checked: Checked;
  /** What differs and was not taken over. */
  readonly left: readonly Left[];
  /** Declared, and not in the tenant. */
  readonly onlyDeclared: readonly Resource[];
  /** New files that manifests name: path relative to the folder → text. */
  readonly contents: ReadonlyMap<string, string>;
  /** Of the new variables. */
  readonly secrets: readonly SecretVariable[];
  readonly exported: Pick<Export, 'tenant' | 'manifest'>;
}

/**
 * Reads a tenant, and finds how manifests have to be edited to say what it holds: what differs is changed, what they do not
 * say is added, and what they alone have is left. Writes nothing.
 *
 * @throws {RefusedError} it cannot be said which object is meant
 */
export async function updateManifests(session: Session, options: UpdateOptions): Promise<Update> {
  const planned = await plan(options.manifest, session, { adopt: true });
  const scope = exportScope(options.only, options.select);
  const { described, contents } = await describe(session, planned, scope, options);
  const { folder, layout } = options;
  const check = (wanted: readonly Wanted[]): Promise<Checked> =>
    editAndCheck(wanted, {
      ...checkOptions(session, planned, described, options.loadOptions),
      ...newSources(folder, layout, options.sources, sectionsOf(options.sources), wanted),
      contents: new Map([...contents].map(([name, text]) => [resolve(folder, name), text])),
    });
  const { wanted, left } = await compare(described, planned, scope, check);
  const checked = await check(wanted);
  const made = checked.made.map(({ edit }) => edit);
  const { manifest } = checked.planned ?? planned;
  return {
    checked,
    left: [...left, ...checked.left],
    onlyDeclared: onlyDeclared(planned, scope, options.select),
    contents: new Map([...contents].filter(([name]) => made.some(({ after }) => holds(after, name)))),
    secrets: usedSecrets(described.secrets, made),
    exported: { tenant: described, manifest },
  };
}

/** What is otherwise may name what is new: then the manifests are planned with that first, which has names for it. */
async function compare(
  described: ExportedTenant,
  planned: Planned,
  scope: ExportScope,
  check: (wanted: readonly Wanted[]) => Promise<Checked>,
): Promise<Comparison> {
  const compared = compareWithExport(described, planned, scope);
  const added = compared.wanted.filter(({ path }) => path.length === 0);
  if (!compared.isNamingNew || added.length === 0) return compared;
  const { planned: withNew } = await check(added);
  return withNew ? compareWithExport(described, planned, scope, withNew) : compared;
}

interface Described {
  readonly described: ExportedTenant;
  /** Files for texts of several lines, by their path relative to the folder. */
  readonly contents: ReadonlyMap<string, string>;
}

async function describe(
  { tenant, home, ownApplicationId }: Session,
  planned: Planned,
  scope: ExportScope,
  options: UpdateOptions,
): Promise<Described> {
  const everything = await readEverything(tenant.read, scope.kinds, options.onRead);
  const { lists } = everything;
  const untouchables = await readUntouchables(tenant.read, lists, ownApplicationId, home.applicationId);
  const describeOptions = {
    stack: planned.manifest.stack,
    scope,
    ledger: planned.ledger,
    isOurs: (id: string) => untouchables.has(id),
    known: knownObjects(planned, options.sources),
  };
  const described = describeTenant(everything, describeOptions);
  if (!options.contentFiles) return { described, contents: new Map() };
  const contents = new ContentFiles('yaml', options.isFile);
  const withFiles = describeTenant(everything, { ...describeOptions, contents }).resources;
  const resources = described.resources.map((one, index) => ({
    ...one,
    ...(withFiles[index] && { specWithFiles: withFiles[index].spec }),
  }));
  return { described: { ...described, resources }, contents: contents.files };
}

function checkOptions(
  session: Session,
  planned: Planned,
  { secrets }: ExportedTenant,
  loadOptions: ManifestOptions,
): Omit<CheckOptions, 'sources'> {
  const { environment = process.env } = loadOptions;
  const values = Object.fromEntries(secrets.map(({ env, value }) => [env, value]));
  return {
    manifest: planned.manifest,
    before: planned.plan,
    loadOptions: { ...loadOptions, environment: { ...environment, ...values } },
    planAgain: (manifest) => plan(manifest, session, { adopt: true }),
    companions: (wanted) =>
      usedSecrets(
        secrets,
        wanted.map(({ edit }) => edit),
      ).map(declaration),
  };
}

const declaration = ({ name, env }: SecretVariable): Edit => ({
  path: ['variables', name],
  before: undefined,
  after: { env, sensitive: true },
  isText: true,
});

/** The variables that edits name. */
const usedSecrets = (secrets: readonly SecretVariable[], edits: readonly Edit[]): readonly SecretVariable[] =>
  secrets.filter(({ name }) => edits.some(({ after }) => holds(after, `\${var.${name}}`)));

/** Whether a text stands somewhere in a value. */
const holds = (value: Json | undefined, text: string): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some((inner) => holds(inner, text))
    : value === text;
