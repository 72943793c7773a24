import type { Construct } from 'constructs';
import { ManifestError, type Problem } from '../errors.js';
import { checkManifest } from '../manifest/assemble-manifest.js';
import { canonicalDocument, manifestText } from '../manifest/canonical.js';
import type { LocatedMap } from '../manifest/located.js';
import { Problems } from '../manifest/problems.js';
import type { Place } from '../manifest/source-text.js';
import { placeEntry, placeOf, type Draft, type Entry } from './place-entry.js';
import { ResourceConstruct } from './resource-construct.js';
import { mustBeSecret } from './secret-places.js';
import { TokenCollector, type TokenVariable } from './tokens.js';

/** What a tenant construct comes to. */
export interface TenantDocument {
  /** The manifest that YAML would give: sorted, the same at each synthesis. */
  readonly text: string;
  /** What Terraform has to fill in. */
  readonly variables: readonly TokenVariable[];
  /** By the path of the construct that they are about. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}

/** Puts together what the constructs below a tenant declare, and checks it as a manifest is checked. */
export function tenantDocument(tenant: Construct, stack: string, isSensitive: boolean): TenantDocument {
  const tokens = new TokenCollector();
  const problems = new Problems();
  const draft: Draft = { document: { stack }, root: new Map(), tokens, problems };
  for (const entry of collect(tenant, tokens)) placeEntry(entry, draft);
  const { document, root } = draft;
  const start = placeOf(tenant);
  const checked: LocatedMap = { type: 'map', entries: root, place: start };
  const variables = Object.fromEntries(
    tokens.variables.map(({ name, path, type }) => [
      name,
      { type, ...((isSensitive || mustBeSecret(path)) && { sensitive: true }) },
    ]),
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
    const path = kind.singleton ? section : [...section, kind.link ? construct.node.path : reference.key];
    const value = tokens.replace(construct.toManifest(), path);
    return { construct, kind, section, key: reference.key, path, value };
  });
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
