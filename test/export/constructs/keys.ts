import type { JsonObject } from '../../../src/json';
import { escapeExpressions } from '../../../src/manifest/expression';

/** Keys that a manifest may have, and of which no variable and not always a construct can have the name. */
export const awkwardKeys: readonly string[] = [
  ...[
    'class',
    'new',
    'await',
    'yield',
    'let',
    'static',
    'enum',
    'null',
    'true',
    'typeof',
    'async',
    'of',
    'type',
  ],
  ...[
    'undefined',
    'NaN',
    'Infinity',
    'arguments',
    'eval',
    'globalThis',
    'exports',
    'require',
    'module',
    'process',
  ],
  ...[
    'app',
    'stack',
    'tenant',
    'secret',
    'readFileSync',
    'JSON',
    'apply',
    'ids',
    'existing',
    'roles',
    'organizations',
    'name',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'Object',
    'Promise',
    'App',
    'Role',
    'LogtoTenant',
  ],
  ...[
    '2026',
    '2026-h1',
    '-',
    '_',
    '$',
    'a/b',
    'a--b',
    'a.b',
    'a b',
    ' ',
    '.',
    '..',
    "it's",
    '"',
    '`',
    '\\',
    '${x}',
    '$${x}',
  ],
  ...['日本', 'müller', 'ß', '🎉', '👩‍👩‍👧', '\u0301', '𝒜', '\u202e', '\n', '\u00a0', 'ﬁ', 'e\u0301', 'é'],
  ...['ACME', 'Acme', 'acme', 'acme-', 'acme_'],
];

/** A manifest in which everything with one of these keys is referred to. */
export function documentOfKeys(keys: readonly string[]): JsonObject {
  const escaped = keys.map(escapeExpressions);
  const each = (spec: (key: string) => JsonObject): JsonObject =>
    Object.fromEntries(escaped.map((key) => [key, spec(key)]));
  const sorted = escaped.toSorted();
  return {
    external: { apiResources: each(() => ({ id: 'a' })) },
    organizationRoles: each((key) => ({ name: key })),
    organizations: each((key) => ({ name: key })),
    roles: each((key) => ({ name: key, description: key, scopes: { [key]: [key] } })),
    users: {
      one: { username: 'one', roles: sorted, organizations: each(() => sorted as unknown as JsonObject) },
    },
  };
}
