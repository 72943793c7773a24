import type { Declarations } from './declared.js';
import type { Located } from './located.js';

/** The texts in a value that came from sensitive variables, whole or in part. */
export function secretsOf(node: Located): readonly string[] {
  return sensitivePathsOf(node).map(({ text }) => text);
}

/** Where the sensitive values of each resource are; resources without any are left out. */
export function sensitivePaths(
  declarations: Declarations,
): ReadonlyMap<string, readonly (readonly string[])[]> {
  const paths = new Map<string, readonly (readonly string[])[]>();
  for (const { resource, entry } of declarations.values()) {
    // What a child holds is told at the child.
    const children = Object.keys(resource.kind.children ?? {});
    const own = sensitivePathsOf(entry.value)
      .map(({ path }) => path)
      .filter(([section = '']) => !children.includes(section));
    if (own.length > 0) paths.set(resource.address, own);
  }
  return paths;
}

interface SensitiveScalar {
  readonly path: readonly string[];
  readonly text: string;
}

function sensitivePathsOf(node: Located): readonly SensitiveScalar[] {
  const below = (key: string, inner: Located): readonly SensitiveScalar[] =>
    sensitivePathsOf(inner).map(({ path, text }) => ({ path: [key, ...path], text }));
  switch (node.type) {
    case 'scalar':
      return node.secret && node.value !== '' ? [{ path: [], text: String(node.value) }] : [];
    case 'list':
      return node.items.flatMap((item, index) => below(String(index), item));
    case 'map':
      return [...node.entries].flatMap(([key, { value }]) => below(key, value));
    case 'removal':
      return [];
  }
}
