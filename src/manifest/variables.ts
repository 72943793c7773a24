import { isObject, member, type Json } from '../json.js';
import { didYouMean } from './did-you-mean.js';
import { parseExpressions, variableName } from './expression.js';
import {
  emptyMap,
  isNull,
  placeOf,
  toJson,
  walk,
  type Located,
  type LocatedEntry,
  type LocatedMap,
} from './located.js';
import type { Problems } from './problems.js';
import type { Place } from './source-text.js';
import { checkSchema } from './check-schema.js';
import { readConfinedFile } from './confined-file.js';
import { convertText, typeOf, wrongDefault, type VariableType } from './variable-type.js';

export interface Variable {
  readonly value: Json;
  readonly sensitive: boolean;
}

/** By name; undefined where a declared variable has no value that could be used. */
export type Variables = ReadonlyMap<string, Variable | undefined>;

export interface VariableSources {
  /** `--var name=value`. A name that is not declared is a mistake. */
  readonly given: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether all declarations could be read. */
  readonly isComplete: boolean;
  /** A sensitive variable without a value gets one that stands for it. */
  readonly standIns?: boolean;
  readonly problems: Problems;
}

/** What stands for the value of a sensitive variable that has none here. */
export const standInFor = (name: string): string => `(no value here for the variable ${name})`;

export interface ResolvedVariables {
  readonly variables: Variables;
  /** Declared, but nothing gives them a value. */
  readonly missing: ReadonlyMap<string, Missing>;
  /** What must never be shown: the sensitive values and every text inside them. */
  readonly secrets: readonly string[];
}

export interface Missing {
  readonly place: Place;
  /** What could have given a value. */
  readonly hint: string;
}

interface Declaration {
  readonly name: string;
  readonly entry: LocatedEntry;
  readonly type: VariableType;
  readonly sensitive: boolean;
  readonly env?: string;
  readonly file?: string;
  readonly default?: Json;
}

/** Gives every declared variable its value. */
export async function resolveVariables(
  section: LocatedMap | undefined,
  sources: VariableSources,
): Promise<ResolvedVariables> {
  const { problems } = sources;
  const declared = section?.entries ?? new Map<string, LocatedEntry>();
  if (sources.isComplete) checkGiven(sources, declared);
  const variables = new Map<string, Variable | undefined>();
  const missing = new Map<string, Missing>();
  const secrets = new Set<string>();
  for (const [name, entry] of declared) {
    const declaration = readDeclaration(name, entry, problems);
    const given = declaration && (await findValue(declaration, sources));
    const isStoodIn = given === null && sources.standIns === true && declaration?.sensitive === true;
    const found = isStoodIn ? { value: standInFor(name) } : given;
    const isFound = found !== undefined && found !== null && declaration !== undefined;
    variables.set(name, isFound ? { value: found.value, sensitive: declaration.sensitive } : undefined);
    const secret = declaration ? declaration.sensitive && isFound && found : sensitiveDefault(entry);
    for (const text of secret ? secretsIn(secret) : []) secrets.add(text);
    if (found === null && declaration) missing.set(name, { place: entry.key, hint: waysToGive(declaration) });
  }
  return { variables, missing, secrets: [...secrets] };
}

function checkGiven({ given, problems }: VariableSources, declared: ReadonlyMap<string, unknown>): void {
  for (const name of Object.keys(given)) {
    if (declared.has(name)) continue;
    const hint = didYouMean(name, declared.keys()) ?? 'declare it under variables:';
    problems.error(
      'unknown-variable',
      `--var ${name}: no variable of that name is declared`,
      undefined,
      hint,
    );
  }
}

function readDeclaration(name: string, written: LocatedEntry, problems: Problems): Declaration | undefined {
  if (!variableName.test(name)) {
    const hint = 'use letters, digits, "-" and "_"';
    problems.error('wrong-variable', `"${name}" cannot be the name of a variable`, written.key, hint);
    return undefined;
  }
  const value = isNull(written.value) ? emptyMap(written.key) : withoutExpressions(written.value, problems);
  const entry = { key: written.key, value };
  const subject = `variables.${name}`;
  const { isValid, json } = checkSchema(entry, { subject, schema: 'variable' }, problems);
  if (!isValid) return undefined;
  const stated = json as Partial<Declaration>;
  if (stated.env !== undefined && stated.file !== undefined) {
    problems.error('wrong-variable', `${subject} has both env and file`, written.key, 'take one of them out');
    return undefined;
  }
  const type = stated.type ?? typeOf(stated.default);
  const wrong = stated.default === undefined ? undefined : wrongDefault(type, stated.default);
  if (wrong !== undefined) {
    const place = placeOf(walk(entry, ['default']));
    problems.error(
      'wrong-variable',
      `the default of the variable "${name}" is not ${wrong.expected}`,
      place,
      wrong.hint,
    );
    return undefined;
  }
  return { ...stated, name, entry, type, sensitive: stated.sensitive ?? false };
}

/** What a variable is given, as text and as a value; null when nothing gives it one, undefined after a mistake. */
async function findValue(
  declaration: Declaration,
  { given, environment, problems }: VariableSources,
): Promise<Found | null | undefined> {
  const { name, env, file } = declaration;
  const fromOption = member(given, name);
  if (fromOption !== undefined) return convert(declaration, fromOption, `--var ${name}`, problems);
  const ownName = `LOGTO_IAC_VAR_${name}`;
  const fromEnvironment = environment[ownName];
  if (fromEnvironment !== undefined) return convert(declaration, fromEnvironment, ownName, problems);
  const fromEnv = env === undefined ? undefined : environment[env];
  if (fromEnv !== undefined)
    return convert(declaration, fromEnv, `the environment variable ${env ?? ''}`, problems);
  if (file !== undefined) {
    const place = placeOf(walk(declaration.entry, ['file']));
    const isNeeded = declaration.default === undefined;
    const read = await readConfinedFile(file, place, 'wrong-variable', problems, isNeeded);
    if (read === undefined) return undefined;
    // As a shell does it for $(cat file): editors end a file with a line break, and a secret or a URL has none.
    const text = read?.text.replace(/\r?\n$/, '');
    if (text !== undefined) return convert(declaration, text, `the file ${file}`, problems);
  }
  return declaration.default === undefined ? null : { value: declaration.default };
}

interface Found {
  readonly value: Json;
  readonly text?: string;
}

function convert(
  { name, type, entry }: Declaration,
  text: string,
  from: string,
  problems: Problems,
): Found | undefined {
  const converted = convertText(type, text);
  if ('value' in converted) return { value: converted.value, text };
  problems.error(
    'wrong-variable',
    `${from} gives the variable "${name}" a value that is not ${converted.expected}`,
    entry.key,
  );
  return undefined;
}

function waysToGive({ name, env, file }: Declaration): string {
  const own = env === undefined ? (file === undefined ? `LOGTO_IAC_VAR_${name}` : file) : env;
  return `set ${own}, pass --var ${name}=…, or give it a default`;
}

/** Variables cannot refer to one another; `$${` is a literal `${` here as everywhere. */
function withoutExpressions(node: Located, problems: Problems): Located {
  if (node.type === 'scalar' && typeof node.value === 'string') {
    const pieces = parseExpressions(node.value);
    if (pieces.some(({ type }) => type !== 'literal')) {
      const hint = 'write $${ for a literal ${';
      problems.error('wrong-expression', 'a variable cannot refer to another one', node.place, hint);
      return { ...node, broken: true };
    }
    return { ...node, value: pieces.map(({ text }) => text).join('') };
  }
  if (node.type === 'list')
    return { ...node, items: node.items.map((item) => withoutExpressions(item, problems)) };
  if (node.type !== 'map') return node;
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { ...entry, value: withoutExpressions(entry.value, problems) }] as const,
  );
  return { ...node, entries: new Map(entries) };
}

/** The default of a declaration that has a mistake: the message about that quotes the line in which it may stand. */
function sensitiveDefault({ value }: LocatedEntry): Found | undefined {
  const stated: unknown = toJson(value);
  if (!isObject(stated) || stated.sensitive !== true || stated.default === undefined) return undefined;
  return { value: stated.default as Json };
}

/** `true` and `null` tell nothing by themselves, and masking them everywhere would hide half a plan. */
function secretsIn({ value, text }: Found): readonly string[] {
  const leaves = (json: Json): readonly string[] => {
    if (typeof json === 'string') return [json];
    if (typeof json === 'number') return [String(json)];
    if (typeof json !== 'object' || json === null) return [];
    return Object.values(json).flatMap((inner) => leaves(inner));
  };
  const texts = [...leaves(value), ...(text === undefined || typeof value === 'boolean' ? [] : [text])];
  return texts.flatMap((secret) => [secret, secret.trim()]).filter((secret) => secret !== '');
}
