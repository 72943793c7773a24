import type { Json } from '../json.js';

/**
 * A field is declared once, as data: its type, its limits and its traits. JSON Schema, validation, static types, diff,
 * redaction, ordering and reference documentation are readers of that value.
 */
interface Traits {
  readonly description?: string;
  /** Must be stated. Everything else may be left out, and is then not managed. */
  readonly required?: true;
  /** Logto can hold null here, and `null` (or, for text, an empty string) clears it. */
  readonly nullable?: true;
  /** Cannot be changed in place: a change replaces the resource. */
  readonly immutable?: true;
  /** Never shown, logged or stored. */
  readonly sensitive?: true;
  /** Not accepted by the request that creates the object: written right after it. */
  readonly late?: true;
  /** At most one object of the kind has it: who gets it takes it from the one that had it. */
  readonly exclusive?: true;
  /** A replacement does not carry it over from the old object, and why: it rests on what goes with that one. */
  readonly lostWithObject?: string;
  /** Means something only beside this value of another field: a replacement in which that one changes loses it. */
  readonly belongsTo?: string;
  /** Lives behind an endpoint of its own, as links to other objects; the value is the whole set of links. */
  readonly relation?: true;
  /** What Logto stores when nothing is stated. For documentation only: a default never enters a diff. */
  readonly default?: unknown;
  /** Sent at creation when the object around it is stated without it, because Logto requires it there. */
  readonly initial?: Json;
  /** Logto removes empty texts and objects from it before it stores it, at every depth. */
  readonly emptyIsAbsent?: true;
  /** A value that Logto treats like an absent one, so that stating it where nothing is stored is no change. */
  readonly sameAsAbsent?: unknown;
  /** What to write instead of `null` where Logto cannot hold null. */
  readonly insteadOfNull?: string;
  /** Sent when the object is made, and never again: Logto does not tell what it holds. Neither compared nor kept. */
  readonly creationOnly?: true;
  /** May only be given by a sensitive variable: a manifest lies in a repository. */
  readonly onlyFromSecret?: true;
}

export type FileType = 'css' | 'html' | 'js' | 'pem' | 'txt' | 'xml' | 'yaml';

/** What Logto takes a text for, and refuses where it is none. */
export type TextFormat = 'url' | 'webAddress' | 'email' | 'color';

export interface TextField extends Traits {
  readonly type: 'text';
  /** Counted in UTF-16 units, as Logto counts. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** What `pattern` means, for the message: "must not contain white space". */
  readonly patternMeans?: string;
  /** The kind that this text names by its key in the manifest. Relative to the map key for `child` references. */
  readonly reference?: Reference;
  readonly format?: TextFormat;
  /** Of several lines, so that `{ file: ./path }` may stand for it: what such a file ends in. */
  readonly content?: FileType;
  /** Logto stores it in lower case. */
  readonly lowercase?: true;
  readonly examples?: readonly string[];
}
export interface FlagField extends Traits {
  readonly type: 'flag';
}
export interface NumberField extends Traits {
  readonly type: 'number';
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
}
export interface ChoiceField extends Traits {
  readonly type: 'choice';
  readonly choices: readonly string[];
}
export interface ListField extends Traits {
  readonly type: 'list';
  readonly items: Field;
  /** Order and repetition mean nothing. */
  readonly unordered?: true;
  /** Logto keeps the order, and each item once. */
  readonly distinct?: true;
}
/** A JSON object with known keys. Only stated keys are managed, at every depth; `null` removes a key. */
export interface ObjectField extends Traits {
  readonly type: 'object';
  readonly fields: Readonly<Record<string, Field>>;
}
/** A map whose keys name other resources; the whole map is stated. */
export interface MapField extends Traits {
  readonly type: 'map';
  readonly keys: Reference;
  readonly items: Field;
}
/** A JSON object with any keys. Only stated keys are managed, at every depth; `null` removes a key. */
export interface JsonField extends Traits {
  readonly type: 'json';
  /** `{ file: ./path }` of a JSON or YAML file may stand for it. */
  readonly content?: 'yaml';
}
/** An object with any keys, all of one type. Only stated keys are managed; `null` removes a key. */
export interface RecordField extends Traits {
  readonly type: 'record';
  readonly items: Field;
}
/** Any JSON value, compared and written whole. */
export interface AnyField extends Traits {
  readonly type: 'any';
}
/** A moment: epoch milliseconds for Logto; a manifest may also write it as in ISO 8601. */
export interface TimeField extends Traits {
  readonly type: 'time';
}

export type Field =
  | TextField
  | FlagField
  | NumberField
  | ChoiceField
  | ListField
  | ObjectField
  | MapField
  | JsonField
  | RecordField
  | AnyField
  | TimeField;

export interface Reference {
  /** Name of the kind that is referred to, such as `roles` or `apiResources.scopes`. */
  readonly kind: string;
  /** True for a child of what the enclosing map's key refers to. */
  readonly childOfMapKey?: true;
}

export type Fields = Readonly<Record<string, Field>>;

// The builders keep the literal types of what they are given, so that `Static` can read them.
export const text = <const T extends Omit<TextField, 'type'>>(traits: T) =>
  ({ type: 'text', ...traits }) as const;
export const flag = <const T extends Omit<FlagField, 'type'>>(traits: T) =>
  ({ type: 'flag', ...traits }) as const;
export const integer = <const T extends Omit<NumberField, 'type' | 'integer'>>(traits: T) =>
  ({ type: 'number', integer: true, ...traits }) as const;
export const number = <const T extends Omit<NumberField, 'type'>>(traits: T) =>
  ({ type: 'number', ...traits }) as const;
export const choice = <
  const C extends readonly string[],
  const T extends Omit<ChoiceField, 'type' | 'choices'>,
>(
  choices: C,
  traits: T,
) => ({ type: 'choice', choices, ...traits }) as const;
export const list = <const I extends Field, const T extends Omit<ListField, 'type' | 'items'>>(
  items: I,
  traits: T,
) => ({ type: 'list', items, ...traits }) as const;
export const object = <const F extends Fields, const T extends Traits>(fields: F, traits: T) =>
  ({ type: 'object', fields, ...traits }) as const;
export const map = <const I extends Field, const T extends Traits>(keys: Reference, items: I, traits: T) =>
  ({ type: 'map', keys, items, ...traits }) as const;
export const json = <const T extends Omit<JsonField, 'type'>>(traits: T) =>
  ({ type: 'json', ...traits }) as const;
export const record = <const I extends Field, const T extends Traits>(items: I, traits: T) =>
  ({ type: 'record', items, ...traits }) as const;
export const any = <const T extends Traits>(traits: T) => ({ type: 'any', ...traits }) as const;
export const time = <const T extends Traits>(traits: T) => ({ type: 'time', ...traits }) as const;

type Value<F extends Field> = F extends TextField
  ? string
  : F extends FlagField
    ? boolean
    : F extends NumberField
      ? number
      : F extends ChoiceField
        ? F['choices'][number]
        : F extends ListField
          ? readonly Static<F['items']>[]
          : F extends ObjectField
            ? StaticFields<F['fields']>
            : F extends MapField | RecordField
              ? Readonly<Record<string, Static<F['items']>>>
              : F extends TimeField
                ? number | string
                : F extends AnyField
                  ? unknown
                  : Readonly<Record<string, unknown>>;

/** The TypeScript type of a field's values, as a manifest states them. */
export type Static<F extends Field> = F extends { readonly nullable: true } ? Value<F> | null : Value<F>;

/** The names of the fields that must be stated. */
export type RequiredKeys<F extends Fields> = {
  [K in keyof F]: F[K] extends { required: true } ? K : never;
}[keyof F];

export type StaticFields<F extends Fields> = {
  readonly [K in RequiredKeys<F>]: Static<F[K]>;
} & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: Static<F[K]>;
};
