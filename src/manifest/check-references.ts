import { formatAddress } from '../address.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';
import { externalAddress, referencesOf, type FoundReference } from '../kinds/references.js';
import type { Declarations, Declared } from './declared.js';
import { placeIn } from './declared.js';
import { closest } from './did-you-mean.js';
import type { Problems } from './problems.js';
import { placeName } from './source-text.js';

/** Reports every reference to something that is neither managed, nor external, nor in every tenant. */
export function checkReferences(declarations: Declarations, problems: Problems): void {
  const keys = keysByKind(declarations);
  for (const declared of declarations.values()) {
    const { resource, wrongFields } = declared;
    if (resource.external) continue;
    for (const reference of referencesOf(resource.fields, resource.kind.fields)) {
      const [field = ''] = reference.path;
      if (isKnown(reference, declarations) || wrongFields.has(field)) continue;
      report(reference, declared, keys, problems);
    }
  }
}

/** A key means one object: it cannot be managed, external and built-in at once. */
export function checkKeys(declarations: Declarations, problems: Problems): void {
  for (const declared of declarations.values()) {
    const { kind, key, address, external } = declared.resource;
    if (Object.hasOwn(kind.builtIns ?? {}, key)) {
      const message = `the key "${key}" is taken: ${kind.builtIns?.[key]?.summary ?? ''}`;
      problems.error(
        'conflict',
        message,
        declared.entry.key,
        'choose another key; refer to it without declaring it',
      );
    }
    const managed = external && declarations.get(address.slice('external.'.length));
    if (managed) {
      const message = `${formatAddress([kind.name, key])} is both managed and external; managed at ${placeName(managed.entry.key)}`;
      problems.error('conflict', message, declared.entry.key, 'remove or rename one of them');
    }
  }
}

function isKnown({ address, parent, kind, key }: FoundReference, declarations: Declarations): boolean {
  if (declarations.has(address)) return true;
  if (parent) {
    const held = childrenOfBuiltIn(parent, kind);
    // The map key is reported by itself; what an external object holds is in the tenant only.
    return held ? held.includes(key) : !declarations.has(parent.address);
  }
  return declarations.has(externalAddress(address)) || Object.hasOwn(kindNamed(kind).builtIns ?? {}, key);
}

/** The keys that a built-in object holds of a kind; undefined where the parent is none. */
function childrenOfBuiltIn(
  parent: { readonly kind: string; readonly key: string },
  kindName: string,
): readonly string[] | undefined {
  const { builtIns = {} } = kindNamed(parent.kind);
  return Object.hasOwn(builtIns, parent.key)
    ? builtIns[parent.key]?.children?.[kindName.slice(kindName.indexOf('.') + 1)]
    : undefined;
}

function report(
  reference: FoundReference,
  declared: Declared,
  keys: ReadonlyMap<string, readonly string[]>,
  problems: Problems,
): void {
  const kind = kindNamed(reference.kind);
  const { key, parent, path } = reference;
  const builtIn = parent && childrenOfBuiltIn(parent, kind.name);
  const candidates = builtIn ?? keys.get(parent ? `${parent.address} ${kind.name}` : kind.name) ?? [];
  const meant = closest(key, candidates);
  const holder = parent ? ` of ${parent.address}` : '';
  const message = `unknown ${kind.singular} "${key}"${holder} in ${declared.resource.address}`;
  const hint = meant === undefined ? remedy(reference, kind) : `did you mean "${meant}"?`;
  problems.error('unknown-reference', message, placeIn(declared, path), hint);
}

function remedy({ address, parent }: FoundReference, kind: Kind): string {
  const builtIn = parent && childrenOfBuiltIn(parent, kind.name);
  if (builtIn) return `it has: ${builtIn.join(', ')}`;
  if (parent) return `declare ${address}`;
  return kind.lookupBy
    ? `declare ${address}, or ${externalAddress(address)} if it exists already`
    : `declare ${address}`;
}

/** What a reference could have meant: keys of a kind, of externals and built-ins too; of children by their parent. */
function keysByKind(declarations: Declarations): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, string[]>();
  const add = (name: string, key: string): void => {
    const existing = keys.get(name);
    if (existing) existing.push(key);
    else keys.set(name, [...Object.keys(kindOrNone(name)?.builtIns ?? {}), key]);
  };
  for (const { resource } of declarations.values()) {
    const { kind, key, parent } = resource;
    add(parent === undefined ? kind.name : `${parent} ${kind.name}`, key);
  }
  return keys;
}

const kindOrNone = (name: string): Kind | undefined => (name.includes(' ') ? undefined : kindNamed(name));
