import { dirname, join } from 'node:path';
import { isObject } from '../json.js';
import { checkSchema } from '../manifest/check-schema.js';
import { didYouMean } from '../manifest/did-you-mean.js';
import { placeOf, walk, type LocatedEntry, type LocatedMap } from '../manifest/located.js';
import { parseYaml } from '../manifest/parse-yaml.js';
import { Problems } from '../manifest/problems.js';
import { readFiles } from '../manifest/read-sources.js';
import type { ManifestFlags, TenantFlags } from './options.js';

/** A tenant as a file of tenants names it, in the words of the command line. */
export interface NamedTenant {
  readonly name: string;
  readonly flags: ManifestFlags & TenantFlags & { readonly endpoint: string };
  readonly appSecret: string;
}

/**
 * Reads the tenants that a file names, in its order. Files are looked up beside it; secrets are in the environment.
 *
 * @throws {ManifestError} with every mistake that was found; no secret is shown, also where one is written in the file
 */
export async function readTenantsFile(
  path: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly NamedTenant[]> {
  const problems = new Problems();
  const sources = await readFiles([path], problems);
  const roots = sources.flatMap((source) => parseYaml(source, problems, false).documents);
  const entries = roots.flatMap((root) => [...tenantsIn(root, problems)]);
  const tenants = entries.map(([name, entry]) => readTenant(name, entry, path, environment, problems));
  if (tenants.length === 0 && !problems.hasErrors) {
    problems.error(
      'empty-manifest',
      `${path} names no tenant`,
      undefined,
      'write tenants: and below it one key for each',
    );
  }
  problems.throwIfErrors(entries.flatMap(([, { value }]) => writtenSecrets(value)));
  return tenants.filter((tenant) => tenant !== undefined);
}

function tenantsIn(root: LocatedMap, problems: Problems): ReadonlyMap<string, LocatedEntry> {
  for (const [name, { key }] of root.entries) {
    if (name === 'tenants') continue;
    const hint = didYouMean(name, ['tenants']) ?? 'a file of tenants has one section: tenants';
    problems.error('unknown-field', `there is no section "${name}"`, key, hint);
  }
  const section = root.entries.get('tenants');
  if (!section) return new Map();
  if (section.value.type === 'map') return section.value.entries;
  problems.error('wrong-type', 'tenants must be a map', section.key, 'write one key for each tenant');
  return new Map();
}

function readTenant(
  name: string,
  entry: LocatedEntry,
  path: string,
  environment: NodeJS.ProcessEnv,
  problems: Problems,
): NamedTenant | undefined {
  const { isValid, json } = checkSchema(entry, { subject: `tenants.${name}`, schema: 'tenant' }, problems);
  if (!isValid || !isObject(json)) return undefined;
  const { appSecret: source, var: variables = {}, file, overlay, ...rest } = json as unknown as TenantEntry;
  const appSecret = environment[source.env] ?? '';
  if (appSecret === '') {
    const place = placeOf(walk(entry, ['appSecret', 'env']));
    problems.error('missing-variable', `the environment variable ${source.env} is not set`, place);
    return undefined;
  }
  const beside = (files: readonly string[]): readonly string[] =>
    files.map((one) => join(dirname(path), one));
  const flags = {
    ...rest,
    ...(file && { file: beside(file) }),
    ...(overlay && { overlay: beside(overlay) }),
    var: Object.entries(variables).map(([key, value]) => `${key}=${value}`),
  };
  return { name, flags, appSecret };
}

/** What the schema of a tenant has let through. */
type TenantEntry = Omit<NamedTenant['flags'], 'var'> & {
  readonly appSecret: { readonly env: string };
  readonly var?: Readonly<Record<string, string>>;
};

/** Whoever writes a secret where its name belongs must not find it in a log. */
function writtenSecrets(value: LocatedEntry['value']): readonly string[] {
  if (value.type !== 'map') return [];
  const secret = value.entries.get('appSecret')?.value;
  return secret?.type === 'scalar' && secret.value !== null ? [String(secret.value)] : [];
}
