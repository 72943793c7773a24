import { UsageError } from '../errors.js';
import type { Manifest } from '../manifest/manifest.js';
import { defaultResource, parseEndpoint, showEndpoint } from '../management-api/endpoint.js';
import type { Session } from '../reconcile.js';
import { readUntouchables } from '../state/untouchable.js';
import { constructFiles, mainFileName } from './constructs/write-constructs.js';
import { ContentFiles } from './content-files.js';
import { describeTenant, type Reasons } from './describe-tenant.js';
import type { ExportedTenant } from './exported.js';
import { tryManifest } from './find-inexpressible.js';
import { ifHeld, notHeld, nothingLacks, type Lacking } from './lacking.js';
import { readEverything, type Everything } from './read-everything.js';
import type { OnRead } from './reads.js';
import { ownedAndLeftOut, withLifecycles } from './of-stack.js';
import { exportScope } from './scope.js';
import { secretsOfProgram, type SecretVariable } from './secret-variables.js';
import { documentOf, manifestFileName, manifestFiles, type Layout } from './write-manifest.js';

/** A manifest, or a program of constructs for CDKTF that synthesises to the same. */
export type ExportFormat = 'yaml' | 'constructs';

export interface ExportOptions {
  /** Names the ledger of the manifest. Default: `default`. */
  readonly stack?: string;
  /** Sections to export; all but users when it is left out. */
  readonly only?: readonly string[];
  /** `name~pattern`: objects that match; several have to all. */
  readonly select?: readonly string[];
  /** What it is written as. Default: yaml, a manifest. */
  readonly format?: ExportFormat;
  readonly layout?: Layout;
  /** Keep texts of several lines in files of their own. */
  readonly contentFiles?: boolean;
  readonly onRead?: OnRead;
}

type TenantAddress = Pick<Session['tenant'], 'endpoint' | 'resource'>;

/** What is exported: a tenant, or what somebody has saved of one. */
export interface ExportSource extends Pick<Session, 'ownApplicationId'> {
  /** Its address is needed for a program of constructs only, which states it. */
  readonly tenant: Pick<Session['tenant'], 'read'> & Partial<TenantAddress>;
  readonly home: Pick<Session['home'], 'read' | 'applicationId'>;
  /** For a source that holds a part of a tenant only. */
  readonly lacking?: Lacking;
  readonly reasons?: Reasons;
}

/** A tenant as manifests. */
export interface Export {
  readonly tenant: ExportedTenant;
  /** The same, read as any manifest is; secrets have their values. */
  readonly manifest: Manifest;
  /** File name → text: manifests or the sources of a program, and what they name. */
  readonly files: ReadonlyMap<string, string>;
  /** The file among them that one begins to read with. */
  readonly mainFile: string;
  /** The secrets, under the names by which the environment has to give them. */
  readonly secrets: readonly SecretVariable[];
}

/** An object may be inexpressible because of another one that is; more rounds than this would be a bug. */
const maximumRounds = 10;

/**
 * Reads a tenant, and gives the manifests that say what it holds. Sends nothing that writes.
 *
 * @throws {UsageError} a section or a filter is none, or the format cannot say something
 * @throws {ApiError} Logto does not answer, or refuses
 */
export async function exportTenant(source: ExportSource, options: ExportOptions = {}): Promise<Export> {
  const { tenant, home, ownApplicationId, lacking = nothingLacks, reasons } = source;
  const { stack = 'default', only, select, format = 'yaml', layout = 'single' } = options;
  const { contentFiles = false, onRead } = options;
  const scope = exportScope(only, select);
  const everything = await readEverything(tenant.read, scope.kinds, onRead, lacking);
  // Afterwards, as for a plan: what another run makes in the meantime is announced before.
  const ledger = await home.read(stack);
  const { lists } = everything;
  const untouchables = await ifHeld(
    readUntouchables(tenant.read, lists, ownApplicationId, home.applicationId),
    lacking.isLack,
  );
  const described = await describeUntilTaken(everything, {
    stack,
    scope,
    ledger,
    isOurs: (id) => (untouchables === notHeld ? id === ownApplicationId : untouchables.has(id)),
    ...(reasons && { reasons }),
  });
  const contents = contentFiles ? new ContentFiles(format === 'yaml' ? 'yaml' : 'json') : undefined;
  const written = contents
    ? withLifecycles(describeTenant(everything, { ...described.options, contents }), ledger)
    : described.tenant;
  const write = format === 'yaml' ? writeManifest : writeProgram;
  const { files, ...more } = write(written, { address: tenant, layout, contents });
  const isWhole = only === undefined && select === undefined;
  const leftOut = isWhole ? ownedAndLeftOut(described.tenant, ledger) : [];
  return {
    tenant: { ...described.tenant, omissions: [...described.tenant.omissions, ...leftOut] },
    manifest: described.manifest,
    files: new Map([...files, ...(contents?.files ?? [])]),
    ...more,
  };
}

interface Writing {
  readonly address: Partial<TenantAddress>;
  readonly layout: Layout;
  readonly contents: ContentFiles | undefined;
}

type Written = Pick<Export, 'files' | 'mainFile' | 'secrets'>;

const writeManifest = (tenant: ExportedTenant, { layout }: Writing): Written => ({
  files: manifestFiles(tenant, layout),
  mainFile: manifestFileName,
  secrets: tenant.secrets,
});

function writeProgram(tenant: ExportedTenant, { address, layout, contents }: Writing): Written {
  const { endpoint, resource } = address;
  if (endpoint === undefined) {
    throw new UsageError(
      'a program of constructs states the address of its tenant, and saved answers do not tell it',
      'add --endpoint, such as https://my-tenant.logto.app',
    );
  }
  const url = parseEndpoint(endpoint);
  const isUsual = resource === undefined || resource === defaultResource(url);
  const { files, secrets } = constructFiles(documentOf(tenant), {
    tenant: { endpoint: showEndpoint(url), stack: tenant.stack, ...(!isUsual && { resource }) },
    layout,
    ...(contents && { contents: new Set(contents.files.keys()) }),
  });
  return { files, mainFile: mainFileName, secrets: secretsOfProgram(secrets, tenant.secrets) };
}

type Options = Parameters<typeof describeTenant>[1];

/** Leaves out, one round after the other, what no manifest can state. */
async function describeUntilTaken(
  everything: Everything,
  options: Options,
): Promise<{ readonly tenant: ExportedTenant; readonly manifest: Manifest; readonly options: Options }> {
  const inexpressible = new Map<string, string>();
  for (let round = 1; ; round += 1) {
    const tried = { ...options, inexpressible };
    const tenant = withLifecycles(describeTenant(everything, tried), options.ledger);
    const trial = await tryManifest(tenant);
    if (!trial.inexpressible) return { tenant, manifest: trial.manifest, options: tried };
    if (round === maximumRounds) throw new Error('the export does not become a manifest');
    for (const [id, why] of trial.inexpressible) inexpressible.set(id, `no manifest can state it: ${why}`);
  }
}
