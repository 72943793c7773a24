import { parseAddress } from '../address.js';
import { textOf } from '../json.js';
import { kindNamed, kindOfAddress, kinds } from '../kinds/index.js';
import { titleOf } from '../kinds/identity.js';
import type { Kind, LinkTarget, TenantObject } from '../kinds/kind.js';
import type { Ledger } from '../state/ledger.js';
import { chooseKeys } from './choose-keys.js';
import type { ContentFiles } from './content-files.js';
import { describeFields } from './describe-object.js';
import { ExternalObjects } from './external-objects.js';
import type { ExportedResource, ExportedTenant, Omission } from './exported.js';
import { furtherFields, type Naming } from './in-words.js';
import type { Everything } from './read-everything.js';
import type { ExportScope } from './scope.js';
import { SecretVariables } from './secret-variables.js';

export interface DescribeOptions {
  readonly stack: string;
  readonly scope: ExportScope;
  /** Objects that are never exported: what the tool itself stands on. */
  readonly isOurs: (id: string) => boolean;
  /** The keys that its objects have, and what belongs to other stacks. */
  readonly ledger: Ledger;
  /** Objects that a manifest cannot say, with the reason: id → why. */
  readonly inexpressible?: ReadonlyMap<string, string>;
  /** Where texts of several lines are kept apart. */
  readonly contents?: ContentFiles;
  /** What manifests say already. */
  readonly known?: KnownObjects;
  readonly reasons?: Reasons;
}

/** Objects that manifests know already, and the names that they use. */
export interface KnownObjects {
  /** The keys of what is managed, by id. */
  readonly managed: ReadonlyMap<string, string>;
  /** The keys of what is external, by id: referred to, and not exported. */
  readonly external: ReadonlyMap<string, string>;
  /** Keys that mean something that the tenant does not have, or that is external, by section. */
  readonly taken: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names of variables, and of the environment variables that they take their values from. */
  readonly variables: ReadonlySet<string>;
}

const nothingKnown: KnownObjects = {
  managed: new Map(),
  external: new Map(),
  taken: new Map(),
  variables: new Set(),
};

/** Why something is not in an export. */
export interface Reasons {
  /** What is referred to and in no list. */
  readonly unlisted: string;
  /** A kind of which there is no list. */
  readonly missing: (kindName: string) => string;
}

const reasonsOfTenant: Reasons = {
  unlisted: 'it was made while the tenant was read',
  missing: () => 'this Logto does not offer it',
};

/** A tenant in the words of a manifest. Pure: the same tenant gives the same words. */
export function describeTenant(everything: Everything, options: DescribeOptions): ExportedTenant {
  const { lists } = everything;
  const { reasons = reasonsOfTenant } = options;
  const omissions: Omission[] = [];
  const { known = nothingKnown } = options;
  const secrets = new SecretVariables(known.variables);
  const chosen = new Map<string, readonly TenantObject[]>();
  const keys = new Map<string, string>();
  for (const kind of kinds) {
    if (!options.scope.kinds.has(kind.name)) continue;
    const objects = (lists.get(kind.name) ?? []).filter((object) =>
      isExported(kind, object, options, omissions),
    );
    chosen.set(kind.name, objects);
    const ownKeys = new Map([...knownKeys(kind, options.ledger), ...known.managed]);
    const taken = new Set([
      ...Object.keys(kind.builtIns ?? {}),
      ...(known.taken.get(kind.name) ?? []),
      ...keysOfOthers(ownKeys, lists.get(kind.name) ?? [], objects),
    ]);
    for (const [id, key] of chooseKeys(kind, objects, taken, ownKeys)) keys.set(id, key);
  }
  // Also what is declared and not exported this time.
  for (const [id, key] of known.managed) if (!keys.has(id)) keys.set(id, key);
  const external = new ExternalObjects(everything, keys, omissions, known, reasons.unlisted);
  const nameOf: Naming = (target) =>
    keys.get(target.id) ?? builtInKey(target, lists) ?? external.keyOf(target);
  const resources = [...chosen].flatMap(([name, objects]) =>
    objects.flatMap((object) =>
      describeResource(kindNamed(name), object, keys.get(object.id) ?? '', {
        everything,
        nameOf,
        secrets,
        contents: options.contents,
        isSaid: ({ id }) => options.inexpressible?.has(id) !== true,
      }),
    ),
  );
  return {
    stack: options.stack,
    resources,
    external: external.sections,
    secrets: secrets.all,
    omissions: [
      ...omissions,
      ...goneObjects(everything),
      ...unknownKinds(everything, options.scope, reasons),
    ],
  };
}

function isExported(
  kind: Kind,
  object: TenantObject,
  { scope, isOurs, ledger, inexpressible, known }: DescribeOptions,
  omissions: Omission[],
): boolean {
  if (known?.external.has(object.id)) return false;
  const isBuiltIn =
    kind.untouchable?.(object.fields) !== undefined ||
    Object.values(kind.builtIns ?? {}).some((builtIn) => builtIn.is(object.fields));
  if (isBuiltIn || isOurs(object.id) || !scope.isWanted(kind, object)) return false;
  const owner = kind.singleton ? undefined : ledger.foreign.get(object.id);
  const why = owner ? `it belongs to the stack "${owner.stack}"` : inexpressible?.get(object.id);
  if (why === undefined) return true;
  omissions.push({ what: `the ${kind.singular} "${titleOf(kind, object.fields)}" (${object.id})`, why });
  return false;
}

/** Keys of objects that are there and not exported this time: another object under one would take its place. */
function keysOfOthers(
  ownKeys: ReadonlyMap<string, string>,
  all: readonly TenantObject[],
  exported: readonly TenantObject[],
): readonly string[] {
  const ids = new Set(exported.map(({ id }) => id));
  return all.flatMap(({ id }) => (ids.has(id) ? [] : (ownKeys.get(id) ?? [])));
}

/** Keys of top-level objects that the ledger knows, by id. */
const knownKeys = (kind: Kind, ledger: Ledger): ReadonlyMap<string, string> =>
  new Map(
    [...ledger.entries].flatMap(([address, { id }]) => {
      const segments = parseAddress(address) ?? [];
      const key = segments[1];
      return kindOfAddress(address) === kind && segments.length === 2 && key !== undefined
        ? [[id, key] as const]
        : [];
    }),
  );

interface Context {
  readonly everything: Everything;
  readonly nameOf: Naming;
  readonly secrets: SecretVariables;
  readonly contents: ContentFiles | undefined;
  /** Whether something that an object holds can be stated. */
  readonly isSaid: (object: TenantObject) => boolean;
}

function describeResource(
  kind: Kind,
  object: TenantObject,
  key: string,
  { everything, nameOf, secrets, contents, isSaid }: Context,
): readonly ExportedResource[] {
  const path = kind.singleton ? [kind.name] : [kind.name, key];
  const spec = describeFields({
    kind,
    place: path,
    object,
    further: furtherFields(kind, object, everything, nameOf),
    catalogue: everything.catalogues.get(kind.name) ?? {},
    secrets,
    contents,
  });
  const children = Object.entries(kind.children ?? {}).flatMap(([section, child]) =>
    sortedByName(child, object.children?.[section] ?? [])
      .filter((held) => isSaid(held) && !child.isAnonymous && child.comesWithParent?.(held, object) !== true)
      .map((held): ExportedResource => {
        const childPath = [...path, section, textOf(held.fields[child.keyField ?? child.title])];
        const described = {
          kind: child,
          place: childPath,
          object: held,
          further: {},
          catalogue: {},
          secrets,
        };
        return { kind: child, path: childPath, object: held, spec: describeFields(described) };
      }),
  );
  const saysSomething = !kind.singleton || Object.keys(spec).length > 0;
  return saysSomething ? [{ kind, path, object, spec }, ...children] : [];
}

const sortedByName = (kind: Kind, objects: readonly TenantObject[]): readonly TenantObject[] =>
  [...objects].sort((left, right) => (titleOf(kind, left.fields) < titleOf(kind, right.fields) ? -1 : 1));

/** The key of an object that is in every tenant; for what it holds, its name. */
function builtInKey(
  { kind: kindName, id, name, parent }: LinkTarget,
  lists: Everything['lists'],
): string | undefined {
  if (parent) return builtInKey(parent, lists) === undefined ? undefined : name;
  const { builtIns } = kindNamed(kindName);
  const object = lists.get(kindName)?.find((candidate) => candidate.id === id);
  return Object.entries(builtIns ?? {}).find(([, builtIn]) => object && builtIn.is(object.fields))?.[0];
}

const goneObjects = ({ gone }: Everything): readonly Omission[] =>
  [...gone].map(([id, { kind, object }]) => ({
    what: `the ${kind.singular} "${titleOf(kind, object.fields)}" (${id})`,
    why: 'it was deleted while the tenant was read',
  }));

const unknownKinds = ({ missing }: Everything, scope: ExportScope, reasons: Reasons): readonly Omission[] =>
  [...missing]
    .filter((name) => scope.kinds.has(name))
    .map((name) => ({ what: name, why: reasons.missing(name) }));
