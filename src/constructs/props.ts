import type {
  Field,
  Fields,
  ListField,
  MapField,
  ObjectField,
  RecordField,
  Reference,
  RequiredKeys,
  Static,
} from '../kinds/field.js';
import type { Kind, Singleton } from '../kinds/kind.js';
import type { Lifecycle } from '../state/resource.js';

/** Something that a field may refer to instead of naming its key: a construct, or a permission of one. */
export interface Referable {
  readonly reference: {
    /** Its kind, such as `roles` or `apiResources.scopes`. */
    readonly kind: string;
    readonly key: string;
    /** For a child: the key of what holds it. */
    readonly parentKey?: string;
  };
}

/** The values of a field as a construct takes them: as in a manifest, and constructs where a manifest has keys. */
export type InputOf<F extends Field> = F extends { readonly type: 'text'; readonly reference: Reference }
  ? string | Referable
  : F extends ListField
    ? readonly InputOf<F['items']>[] | Nullable<F>
    : F extends ObjectField
      ? InputFields<F['fields']> | Nullable<F>
      : F extends MapField
        ? Readonly<Record<string, InputOf<F['items']>>> | Members<F['items']>
        : F extends RecordField
          ? Readonly<Record<string, InputOf<F['items']> | null>> | Nullable<F>
          : Static<F>;

type Nullable<F> = F extends { readonly nullable: true } ? null : never;

/** Where what a map names belongs to its keys, a list is enough: a permission knows its API resource. */
type Members<F> = F extends { readonly items: { readonly reference: { readonly childOfMapKey: true } } }
  ? readonly Referable[]
  : never;

/** Fields as props, but for those that something else stands for. */
export type InputFields<F extends Fields, Left = never> = {
  readonly [K in Exclude<RequiredKeys<F>, Left>]: InputOf<F[K]>;
} & {
  readonly [K in Exclude<keyof F, RequiredKeys<F> | Left>]?: InputOf<F[K]>;
};

/** What every construct of a resource takes besides its fields. */
export interface ResourceProps {
  /** The key in the manifest, which is the identity of the resource. Default: the id of the construct. */
  readonly key?: string;
  /** This object of the tenant and no other: takes over what exists already. */
  readonly pinnedId?: string;
  readonly lifecycle?: Lifecycle;
}

/** The field that the key stands for: the type of a script, the name of a permission. */
type KeyField<K extends Kind> = K extends { readonly keyField: infer Name extends keyof K['fields'] }
  ? Name
  : never;

type OwnFields<K extends Kind> = InputFields<K['fields'], KeyField<K>>;

type Keyed<K extends Kind> = [KeyField<K>] extends [never]
  ? Pick<ResourceProps, 'key'>
  : {
      /** The key in the manifest, which says what the resource is for. Default: the id of the construct. */
      readonly key?: Static<K['fields'][KeyField<K>]>;
    };

/** There is one object of a singleton, so nothing says which. */
type Handling<K extends Kind> = K extends { readonly singleton: Singleton }
  ? Pick<ResourceProps, 'lifecycle'>
  : Omit<ResourceProps, 'key'> & Keyed<K>;

type ChildrenOf<K extends Kind> = K extends {
  readonly children: infer Children extends Readonly<Record<string, Kind>>;
}
  ? { readonly [Section in keyof Children]?: Readonly<Record<string, ChildPropsOf<Children[Section]>>> }
  : unknown;

/** Props of what a resource holds: its key stands beside it. */
export type ChildPropsOf<K extends Kind> = OwnFields<K> & Omit<ResourceProps, 'key'>;

/** Props of the construct of a kind: its fields and what it holds, typed from the kind. */
export type PropsOf<K extends Kind> = OwnFields<K> & ChildrenOf<K> & Handling<K>;

type FoundBy<Name> = Name extends string
  ? { readonly [N in Name]: string } & Pick<ResourceProps, 'key'>
  : never;

/** How to find an object that exists already: by one of the fields that its kind is looked up by, or by its id. */
export type LookupOf<K extends Kind> = FoundBy<
  'pinnedId' | (K['lookupBy'] extends readonly (infer Name)[] ? Name : never)
>;
