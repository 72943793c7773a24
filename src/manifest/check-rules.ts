import { formatAddress } from '../address.js';
import type { JsonObject } from '../json.js';
import { kinds } from '../kinds/index.js';
import type { Finding, Kind, Lookup } from '../kinds/kind.js';
import { placeIn, soundFields, type Declarations, type Declared } from './declared.js';
import { maskSecrets, type Problems } from './problems.js';
import { secretsOf } from './sensitive.js';

/** Applies the rules that kinds state about one resource, and about all of their resources together. */
export function checkRules(declarations: Declarations, problems: Problems): void {
  const lookup: Lookup = (kind, key) => {
    const declared = declarations.get(formatAddress([kind, key]));
    return declared && wrongChoices(declared).length === 0 ? soundFields(declared) : undefined;
  };
  for (const declared of declarations.values()) {
    if (declared.resource.external) continue;
    const parent = declarations.get(declared.resource.parent ?? '');
    for (const finding of findingsOf(declared, lookup, parent && soundFields(parent)))
      report(finding, declared, problems);
  }
  for (const kind of kinds) {
    for (const each of [kind, ...Object.values(kind.children ?? {})]) checkAll(each, declarations, problems);
  }
}

/** Resources of the kind together; of a child those of each parent. */
function checkAll(kind: Kind, declarations: Declarations, problems: Problems): void {
  if (!kind.checkAll) return;
  const siblings = new Map<string | undefined, Map<string, Declared>>();
  for (const declared of declarations.values()) {
    const { kind: own, external, parent, key } = declared.resource;
    if (own !== kind || external) continue;
    siblings.set(parent, (siblings.get(parent) ?? new Map<string, Declared>()).set(key, declared));
  }
  for (const declaredByKey of siblings.values()) {
    const fieldsByKey = new Map([...declaredByKey].map(([key, declared]) => [key, soundFields(declared)]));
    for (const finding of kind.checkAll(fieldsByKey)) {
      const declared = declaredByKey.get(finding.key);
      if (declared) report(finding, declared, problems);
    }
  }
}

/**
 * Many rules of a kind hang on its choices (the type of an application), or on whether something is stated at all. Where
 * such a field is wrong or has no value yet, only what is wrong with each of its values is told, and both without the
 * field and with what stands there.
 */
function findingsOf(declared: Declared, lookup: Lookup, parent: JsonObject | undefined): readonly Finding[] {
  const { check } = declared.resource.kind;
  if (!check) return [];
  const { fields: stated } = declared.resource;
  const candidates = wrongChoices(declared).reduce<readonly JsonObject[]>(
    (all, [name, choices]) =>
      all.flatMap((fields) => choices.map((choice) => ({ ...fields, [name]: choice }))),
    declared.wrongFields.size === 0 ? [stated] : [soundFields(declared), stated],
  );
  const [first = [], ...others] = candidates.map((fields) => check(fields, lookup, parent));
  return first.filter(({ message }) =>
    others.every((findings) => findings.some((finding) => finding.message === message)),
  );
}

const wrongChoices = ({
  resource,
  wrongFields,
}: Declared): readonly (readonly [string, readonly string[]])[] =>
  [...wrongFields].flatMap((name) => {
    const field = resource.kind.fields[name];
    return field?.type === 'choice' ? [[name, field.choices] as const] : [];
  });

/** A rule quotes values without knowing where they came from. */
function report(finding: Finding, declared: Declared, problems: Problems): void {
  const { code, severity, path, message, hint } = finding;
  const secrets = secretsOf(declared.entry.value);
  const isNamed = message.includes(declared.resource.address);
  const text = isNamed ? message : `${declared.resource.address}: ${message}`;
  problems.add(
    code,
    severity,
    maskSecrets(text, secrets),
    placeIn(declared, path),
    hint === undefined ? undefined : maskSecrets(hint, secrets),
  );
}
