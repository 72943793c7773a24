import type { Fields } from '../kinds/field.js';
import { fieldsHolding } from '../kinds/fields-holding.js';
import { looksSecret } from '../kinds/secret-names.js';
import type { Declarations, Declared } from './declared.js';
import type { Located } from './located.js';

/** The texts in a value that came from sensitive variables, whole or in part. */
export function secretsOf(node: Located): readonly string[] {
  return sensitivePathsOf(node).map(({ text }) => text);
}

type PathsByAddress = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Where values of sensitive variables are; resources without any are left out. */
export const secretPaths = (declarations: Declarations): PathsByAddress =>
  pathsIn(declarations, ({ entry }) => sensitivePathsOf(entry.value));

/** The same, and what stands in fields that are secret by their trait. */
export const sensitivePaths = (declarations: Declarations): PathsByAddress =>
  pathsIn(declarations, ({ resource, entry }) => [
    ...sensitivePathsOf(entry.value),
    ...withTrait(entry.value, resource.kind.fields),
  ]);

function pathsIn(
  declarations: Declarations,
  find: (declared: Declared) => readonly SensitiveScalar[],
): PathsByAddress {
  const paths = new Map<string, readonly (readonly string[])[]>();
  for (const declared of declarations.values()) {
    const { kind, address } = declared.resource;
    // What a child holds is told at the child.
    const children = Object.keys(kind.children ?? {});
    const own = find(declared)
      .map(({ path }) => path)
      .filter(([section = '']) => !children.includes(section));
    if (own.length > 0) paths.set(address, own);
  }
  return paths;
}

/**
 * The texts that stand in fields which are secret by their trait, whoever wrote them. Of a field that holds other things
 * too, those whose name tells: what is no secret (a host, a language) would be masked everywhere.
 */
export function secretsByTrait(declarations: Declarations): readonly string[] {
  return [...declarations.values()]
    .flatMap(({ resource: { kind }, entry }) =>
      withTrait(entry.value, kind.fields).filter(
        ({ path }) => !kind.isPublic || looksSecret(path.at(-1) ?? ''),
      ),
    )
    .map(({ text }) => text)
    .filter(({ length }) => length >= shortestUnmistakable);
}

/** Shorter secrets are masked where they stand; everywhere they would mask letters of other words. */
export const shortestUnmistakable = 4;

/** The scalars below a field with the trait. */
function withTrait(node: Located, fields: Fields): readonly SensitiveScalar[] {
  if (node.type !== 'map' || fieldsWithTrait(fields).length === 0) return [];
  return [...node.entries].flatMap(([name, { value }]) => {
    const field = fields[name];
    const found = field?.sensitive
      ? scalarsOf(value)
      : field?.type === 'object'
        ? withTrait(value, field.fields)
        : [];
    return found.map(({ path, text }) => ({ path: [name, ...path], text }));
  });
}

/** Most kinds have none. */
const fieldsWithTrait = fieldsHolding(({ sensitive }) => sensitive === true);

function scalarsOf(node: Located): readonly SensitiveScalar[] {
  const below = (key: string, inner: Located): readonly SensitiveScalar[] =>
    scalarsOf(inner).map(({ path, text }) => ({ path: [key, ...path], text }));
  switch (node.type) {
    case 'scalar':
      return node.value === null || node.value === '' ? [] : [{ path: [], text: String(node.value) }];
    case 'list':
      return node.items.flatMap((item, index) => below(String(index), item));
    case 'map':
      return [...node.entries].flatMap(([key, { value }]) => below(key, value));
    case 'removal':
      return [];
  }
}

interface SensitiveScalar {
  readonly path: readonly string[];
  readonly text: string;
}

function sensitivePathsOf(node: Located): readonly SensitiveScalar[] {
  const found: SensitiveScalar[] = [];
  findSensitive(node, [], found);
  return found;
}

/** Walks through every value of the manifest, so it makes nothing on its way but what it finds. */
function findSensitive(node: Located, path: string[], found: SensitiveScalar[]): void {
  switch (node.type) {
    case 'scalar':
      if (node.secret && node.value !== '') found.push({ path: [...path], text: String(node.value) });
      return;
    case 'list':
      for (const [index, item] of node.items.entries()) {
        path.push(String(index));
        findSensitive(item, path, found);
        path.pop();
      }
      return;
    case 'map':
      for (const [key, { value }] of node.entries) {
        path.push(key);
        findSensitive(value, path, found);
        path.pop();
      }
      return;
    case 'removal':
      return;
  }
}
