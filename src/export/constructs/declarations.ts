import { formatAddress } from '../../address.js';
import { isObject, objectOrEmpty, textOf, type Json, type JsonObject } from '../../json.js';
import { kinds } from '../../kinds/index.js';
import type { Kind } from '../../kinds/kind.js';
import { referencesOf } from '../../kinds/references.js';
import { unescapeExpressions } from '../../manifest/expression.js';
import { ConstructIds } from './construct-ids.js';
import { dashed, type Names } from './names.js';

/** One construct of the program. */
export interface Declaration {
  readonly kind: Kind;
  /** By this others refer to it: `roles.auditor`, also where it exists already. */
  readonly address: string;
  /** Exists already: the spec says how it is found. */
  readonly isExternal: boolean;
  /** Where its spec stands in the manifest. */
  readonly path: readonly string[];
  /** Undefined where there is one of its kind. */
  readonly key: string | undefined;
  readonly id: string;
  /** What its variable is called, where it has one. */
  readonly name: string;
  /** As in the manifest: expressions and escapes are in it. */
  readonly spec: JsonObject;
  /** The addresses of what it refers to. */
  readonly refersTo: readonly string[];
}

/** The section of a manifest that a construct is of. */
export const sectionOf = ({ isExternal, kind }: Pick<Declaration, 'isExternal' | 'kind'>): string =>
  isExternal ? 'external' : kind.name;

/**
 * The constructs that a manifest comes to, in the order of the kinds; what exists already comes first.
 *
 * @param document a manifest; expressions and escapes are in it
 * @param namesIn where the variables of a section get their names
 */
export function declarationsOf(
  document: JsonObject,
  namesIn: (section: string) => Names,
): readonly Declaration[] {
  const ids = new ConstructIds();
  const declare = (kind: Kind, section: readonly string[], keyAsWritten: string, spec: Json): Declaration => {
    const key = unescapeExpressions(keyAsWritten);
    const fields = objectOrEmpty(spec);
    const isExternal = section[0] === 'external';
    return {
      kind,
      address: formatAddress([kind.name, key]),
      isExternal,
      path: kind.singleton ? section : [...section, key],
      key: kind.singleton || kind.link ? undefined : key,
      id: ids.idFor(key, kind),
      name: namesIn(sectionOf({ isExternal, kind })).nameFor(key, kind),
      spec: fields,
      refersTo: addressesIn(fields, kind),
    };
  };
  const { external } = document;
  const existing = kinds.flatMap((kind) =>
    Object.entries(objectOrEmpty(objectOrEmpty(external)[kind.name])).map(([key, spec]) =>
      declare(kind, ['external', kind.name], key, spec),
    ),
  );
  const declared = kinds.flatMap((kind) => {
    const section = document[kind.name];
    if (section === undefined) return [];
    if (kind.singleton) return [declare(kind, [kind.name], dashed(kind.name), section)];
    const entries = Array.isArray(section) ? (section as readonly Json[]).map(linkEntry) : entriesOf(section);
    return entries.map(([key, spec]) => declare(kind, [kind.name], key, spec));
  });
  return [...existing, ...declared];
}

const entriesOf = (value: Json): readonly (readonly [string, Json])[] => Object.entries(objectOrEmpty(value));

/** A link has no key in a manifest; its construct is called by its ends. */
const linkEntry = (spec: Json): readonly [string, Json] => [
  Object.values(objectOrEmpty(spec)).map(textOf).join('-'),
  spec,
];

/** Of something that another resource holds, the address of that one. */
const addressesIn = (spec: JsonObject, kind: Kind): readonly string[] =>
  referencesOf(unescaped(spec) as JsonObject, kind.fields).map(
    ({ address, parent }) => parent?.address ?? address,
  );

function unescaped(value: Json): Json {
  if (typeof value === 'string') return unescapeExpressions(value);
  if (Array.isArray(value)) return (value as readonly Json[]).map(unescaped);
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([name, inner]) => [unescapeExpressions(name), unescaped(inner)]));
}
