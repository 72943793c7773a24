import type {
  Field,
  Fields,
  ListField,
  MapField,
  ObjectField,
  Reference,
  RequiredKeys,
  Static,
} from '../kinds/field.js';
import type { Kind } from '../kinds/kind.js';
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
        ? Readonly<Record<string, InputOf<F['items']>>> | readonly Referable[]
        : Static<F>;

type Nullable<F> = F extends { readonly nullable: true } ? null : never;

export type InputFields<F extends Fields> = {
  readonly [K in RequiredKeys<F>]: InputOf<F[K]>;
} & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: InputOf<F[K]>;
};

/** What every construct of a resource takes besides its fields. */
export interface ResourceProps {
  /** The key in the manifest, which is the identity of the resource. Default: the id of the construct. */
  readonly key?: string;
  /** This object of the tenant and no other: takes over what exists already. */
  readonly pinnedId?: string;
  readonly lifecycle?: Lifecycle;
}

/** Props of the construct of a kind: its fields, typed from the kind. */
export type PropsOf<K extends Kind> = InputFields<K['fields']> & ResourceProps;
