import type { Construct } from 'constructs';
import { ManifestError, type Problem } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import { checkManifest } from '../manifest/assemble-manifest.js';
import { canonicalDocument, manifestText } from '../manifest/canonical.js';
import type { Located, LocatedMap } from '../manifest/located.js';
import { Problems } from '../manifest/problems.js';
import { SourceText, type Place } from '../manifest/source-text.js';
import { TokenCollector, type TokenVariable } from './tokens.js';
import { ResourceConstruct } from './resource-construct.js';

/** What a tenant construct comes to. */
export interface TenantDocument {
  /** The manifest that YAML would give: sorted, the same at each synthesis. */
  readonly text: string;
  /** What Terraform has to fill in. */
  readonly variables: readonly TokenVariable[];
  /** By the path of the construct that they are about. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

interface Entry {
  readonly construct: Construct;
  readonly section: readonly string[];
  readonly key: string;
  /** Where its values are, as the collector of tokens knows it. */
  readonly path: readonly string[];
  readonly value: Json;
}

/** Puts together what the constructs below a tenant declare, and checks it as a manifest is checked. */
export function tenantDocument(tenant: Construct, stack: string, isSensitive: boolean): TenantDocument {
  const tokens = new TokenCollector();
  const problems = new Problems();
  const entries = collect(tenant, tokens);
  const document: Record<string, Json> = { stack };
  const root = new Map<string, { key: Place; value: Located }>();
  for (const entry of entries) place(entry, document, root, tokens, problems);
  const start = placeOf(tenant);
  const checked: LocatedMap = { type: 'map', entries: root, place: start };
  const variables = Object.fromEntries(
    tokens.variables.map(({ name, type }) => [name, { type, ...(isSensitive && { sensitive: true }) }]),
  );
  const withVariables = tokens.variables.length === 0 ? document : { ...document, variables };
  return {
    text: manifestText(canonicalDocument(withVariables)),
    variables: tokens.variables,
    problems: findProblems(checked, stack, start, problems),
  };
}

function collect(tenant: Construct, tokens: TokenCollector): readonly Entry[] {
  const constructs = tenant.node.findAll().filter(ResourceConstruct.isResourceConstruct);
  return constructs.map((construct) => {
    const { kind, reference, isExternal } = construct;
    const section = isExternal ? ['external', kind.name] : [kind.name];
    // The key of a single link is in no manifest: constructs in different scopes may have the same.
    const path = [...section, kind.link ? construct.node.path : reference.key];
    const value = tokens.replace(construct.toManifest(), path);
    return { construct, section, key: reference.key, path, value };
  });
}

/** Puts an entry into the document, and beside it into a tree that knows which construct each value comes from. */
function place(
  { construct, section, key, path: tokenPath, value }: Entry,
  document: Record<string, Json>,
  root: Map<string, { key: Place; value: Located }>,
  tokens: TokenCollector,
  problems: Problems,
): void {
  const at = placeOf(construct);
  const located = locate(value, at, tokenPath, tokens);
  const [first = '', second] = section;
  if (kinds.some(({ name, link }) => name === first && link)) {
    document[first] = [...((document[first] ?? []) as readonly Json[]), value];
    const before = root.get(first)?.value;
    const items = before?.type === 'list' ? before.items : [];
    root.set(first, { key: at, value: { type: 'list', items: [...items, located], place: at } });
    return;
  }
  const path = second === undefined ? [first] : [first, second];
  const entries = path.reduce((map, name) => {
    const found = map.get(name)?.value;
    if (found?.type === 'map') return found.entries as Map<string, { key: Place; value: Located }>;
    const made = new Map<string, { key: Place; value: Located }>();
    map.set(name, { key: at, value: { type: 'map', entries: made, place: at } });
    return made;
  }, root);
  const other = entries.get(key)?.key.source.name;
  if (other !== undefined) {
    const message = `two constructs have the key "${key}" in ${path.join('.')}: ${other} and ${construct.node.path}`;
    problems.error('duplicate-address', message, at, 'give one of them another id, or another `key`');
    return;
  }
  entries.set(key, { key: at, value: located });
  const holder = path.reduce<Record<string, Json>>((object, name) => {
    object[name] = { ...((object[name] ?? {}) as JsonObject) };
    return object[name];
  }, document);
  holder[key] = value;
}

const placeOf = (construct: Construct): Place => ({
  source: new SourceText(construct.node.path, ''),
  start: 0,
  end: 0,
});

/** What holds an expression has no value yet, so nothing is said about it. */
function locate(value: Json, at: Place, path: readonly string[], tokens: TokenCollector): Located {
  if (tokens.paths.has(JSON.stringify(path))) return { type: 'scalar', value: null, place: at, broken: true };
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item, index) =>
      locate(item, at, [...path, String(index)], tokens),
    );
    return { type: 'list', items, place: at };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, item]) => [key, { key: at, value: locate(item, at, [...path, key], tokens) }] as const,
    );
    return { type: 'map', entries: new Map(entries), place: at };
  }
  const scalar = value;
  return {
    type: 'scalar',
    value: typeof scalar === 'string' ? scalar.replaceAll('$${', '${') : scalar,
    place: at,
  };
}

function findProblems(
  root: LocatedMap,
  stack: string,
  start: Place,
  problems: Problems,
): ReadonlyMap<string, readonly Problem[]> {
  const found: Problem[] = [];
  try {
    found.push(...checkManifest(root, { isComplete: true, secrets: [], stack, start }, problems).warnings);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    found.push(...error.problems);
  }
  const byPath = new Map<string, Problem[]>();
  for (const problem of found) {
    const path = problem.at?.file ?? start.source.name;
    byPath.set(path, [...(byPath.get(path) ?? []), problem]);
  }
  return byPath;
}
