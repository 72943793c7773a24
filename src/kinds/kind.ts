import type { ProblemCode } from '../errors.js';
import type { Json, JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import type { Fields } from './field.js';
import type { Access } from './access.js';
import type { Output } from './output.js';

/** An object as Logto holds it. */
export interface TenantObject {
  readonly id: string;
  /** Field values as Logto sent them; relations are not among them. */
  readonly fields: JsonObject;
  /** Objects that this one holds, by the name of their section (`scopes` of an API resource). */
  readonly children?: Readonly<Record<string, readonly TenantObject[]>>;
  /** Epoch milliseconds, where Logto tells. */
  readonly createdAt?: number;
}

/** One end of a link, as Logto tells it: its id, its name, and what holds it. */
export interface LinkTarget {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
  readonly parent?: { readonly kind: string; readonly id: string; readonly name: string };
}

/** The lists that have been read already, so that a relation need not read them again. */
export type TenantLists = ReadonlyMap<string, readonly TenantObject[]>;

/** Links from objects of a kind to others, written one by one through an endpoint of their own. */
export interface Relation {
  /** Kinds whose lists `read` wants to look into. */
  readonly needs: readonly string[];
  /** The links of each of these objects. */
  readonly read: (
    api: ReadApi,
    ids: readonly string[],
    lists: TenantLists,
  ) => Promise<ReadonlyMap<string, readonly LinkTarget[]>>;
  /** The links of one object, as they are at this moment. */
  readonly readOne: (api: ReadApi, id: string) => Promise<readonly LinkTarget[]>;
  /** Which objects can have such links; without it, all. */
  readonly appliesTo?: (fields: JsonObject) => boolean;
  readonly add: (api: WriteApi, id: string, targetIds: readonly string[]) => Promise<void>;
  /**
   * The name by which a creation takes the ids of targets too, so that a new object costs one request. Logto makes the
   * object first: where it does not know one of the ids (404), or does not allow one (400), it leaves an object without
   * links.
   */
  readonly inCreation?: string;
  readonly remove: (api: WriteApi, id: string, targetId: string) => Promise<void>;
}

/** A field of an object that Logto keeps behind an endpoint of its own. */
export interface Part {
  /**
   * What the tenant holds, with ids in place of the keys of a manifest.
   *
   * @param stated what the manifest says of it: only that need be read
   */
  readonly read: (api: ReadApi, id: string, stated: Json, lists: TenantLists) => Promise<PartValue>;
  /** Kinds whose lists `read` wants to look into. */
  readonly needs?: readonly string[];
  /** Which objects can have it; without it, all. */
  readonly appliesTo?: (fields: JsonObject) => boolean;
}

export interface PartValue {
  readonly value: Json;
  /** What the ids in it lead to. */
  readonly targets: readonly LinkTarget[];
}

/** What a manifest and a ledger want to know of a kind whose objects are too many to be read all. */
export interface Wanted {
  readonly ids: readonly string[];
  /** Stated fields of resources that no id is known of. */
  readonly resources: readonly JsonObject[];
}

export interface Endpoints {
  /** Every object of the kind; absent for a child, and where they are too many. */
  readonly list?: (api: ReadApi) => Promise<readonly TenantObject[]>;
  /** The objects of these ids, and those that these fields may mean, where they are too many to be read all. */
  readonly find?: (api: ReadApi, wanted: Wanted) => Promise<readonly TenantObject[]>;
  /** Every object all the same, where somebody asks for them by name. */
  readonly findAll?: (api: ReadApi) => Promise<readonly TenantObject[]>;
  readonly create: (api: WriteApi, fields: JsonObject, parentId?: string) => Promise<TenantObject>;
  readonly update: (api: WriteApi, id: string, fields: JsonObject, parentId?: string) => Promise<void>;
  readonly remove: (api: WriteApi, id: string, parentId?: string) => Promise<void>;
  /** The id that an update with these fields gives, where the id holds the name of the object. */
  readonly idAfter?: (id: string, fields: JsonObject) => string;
  /** One object as it is at this moment; undefined when it is gone. */
  readonly get: (api: ReadApi, id: string, parentId?: string) => Promise<TenantObject | undefined>;
  /** The objects that one parent holds; for a child, to look whether a creation happened. */
  readonly listOf?: (api: ReadApi, parentId: string) => Promise<readonly TenantObject[]>;
}

/** A rule that a JSON Schema cannot say. `path` leads to the field, from the resource. */
export interface Finding {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly path: readonly string[];
  readonly message: string;
  readonly hint?: string;
}

/** What a rule may ask about the rest of the manifest: the stated fields of another resource. */
export type Lookup = (kind: string, key: string) => JsonObject | undefined;

/** What rules that look at the tenant may ask, before anything is written. */
export interface TenantView {
  /** Objects of a kind that are there and stay: neither to be deleted nor declared. Empty where they were not read. */
  readonly others: (kind: string) => readonly TenantObject[];
  /** Stated fields of all resources of a kind, by address. */
  readonly declared: (kind: string) => ReadonlyMap<string, JsonObject>;
  /** What the tenant holds for an address. */
  readonly current: (address: string) => TenantObject | undefined;
  /** See `Kind.catalogue`. */
  readonly catalogue: (kind: string) => Json;
  /** Epoch milliseconds, by the server's clock. */
  readonly now: number;
}

/** One object of a kind of which there is one in each tenant. */
export interface Singleton {
  /** What `destroy --reset` writes: the values of a new tenant. null where a new tenant has none, so that it is deleted. */
  readonly defaults: JsonObject | null;
}

export interface Kind {
  /** Its section in the manifest, such as `applications`; for a child `apiResources.scopes`. */
  readonly name: string;
  /** What messages call one of them: "application". */
  readonly singular: string;
  readonly summary: string;
  readonly fields: Fields;
  /** Fields that Logto keeps unique in the tenant (in the parent, for a child); [] where it keeps nothing unique. */
  readonly key: readonly string[];
  /** The same where it depends on the resource: which of several a user is known by. Names may lead into objects. */
  readonly keyOf?: (fields: JsonObject) => readonly string[];
  /** The field that a person knows the object by; candidates are found and shown by it. */
  readonly title: string;
  /** Its key in the manifest is this field. */
  readonly keyField?: string;
  /** There is one in each tenant: its section is one object without a key, and is never deleted. */
  readonly singleton?: Singleton;
  readonly children?: Readonly<Record<string, Kind>>;
  /** The fields by which an external object of this kind may be looked up, besides `id`. */
  readonly lookupBy?: readonly string[];
  readonly endpoints?: Endpoints;
  /** By field name. */
  readonly relations?: Readonly<Record<string, Relation>>;
  /** By field name: read only for objects that state them, and written by `endpoints.update`. */
  readonly parts?: Readonly<Record<string, Part>>;
  /** For a child: it does not come with its parent, but is read for the parents of which something is said. */
  readonly isReadByParent?: true;
  /** For a child: nobody would keep one without its parent, so that it goes with it unasked. */
  readonly goesWithParent?: true;
  /** The field that says when one is followed by a new one: see rotation.ts. Known by its name, and holds nothing. */
  readonly rotatesBy?: string;
  /** Nothing tells one from another, so that only the ledger knows which is ours. */
  readonly isAnonymous?: true;
  /** Kinds that come first although no field refers to them. */
  readonly comesAfter?: readonly string[];
  /** Never deleted unless `lifecycle.deletable` says so. */
  readonly isKept?: true;
  /** Each tenant has its own, which no other can have: tenants are not compared by it unless somebody says so. */
  readonly isOfOneTenant?: true;
  /** For a kind whose resources are single links of another kind's relation. */
  readonly link?: LinkKind;
  /** Objects that exist in every tenant and may be referred to by a fixed key, without being declared. */
  readonly builtIns?: Readonly<Record<string, BuiltIn>>;
  /** The run signs in with an object of this kind; that one, and what it is linked to, is never touched. */
  readonly holdsCredentials?: true;
  /** Changes of other objects set it off: deleted before and written after everything else. */
  readonly comesLast?: true;
  /** Objects that are never touched, whatever a manifest says, and why. */
  readonly untouchable?: (fields: JsonObject) => string | undefined;
  /** Rules inside one resource. */
  readonly check?: (fields: JsonObject, lookup: Lookup, parent?: JsonObject) => readonly Finding[];
  /** Rules among all resources of the kind (of one parent): "at most one default". Keys are manifest keys. */
  readonly checkAll?: (
    resources: ReadonlyMap<string, JsonObject>,
  ) => readonly (Finding & { readonly key: string })[];
  /** Asks the server whether it offers what these resources (address → fields) need. */
  readonly preflight?: (
    api: ReadApi,
    resources: ReadonlyMap<string, JsonObject>,
  ) => Promise<readonly (Finding & { readonly address: string })[]>;
  /** What of it this server does not offer, in words: for those who look before they need it. */
  readonly unoffered?: (api: ReadApi) => Promise<readonly string[]>;
  /** What the server says of the sorts of objects that these resources are of. */
  readonly catalogue?: (
    api: ReadApi,
    resources: readonly JsonObject[],
    objects: readonly TenantObject[],
  ) => Promise<Json>;
  /** Rules that hang on what else the tenant holds. */
  readonly checkTenant?: (
    resources: ReadonlyMap<string, JsonObject>,
    view: TenantView,
  ) => readonly (Finding & { readonly address: string })[];
  /** Sections that `checkTenant` looks into, and that are read for it. */
  readonly looksInto?: readonly string[];
  /** Whether a value in a sensitive field is none all the same. */
  readonly isPublic?: (path: readonly string[], fields: JsonObject, catalogue: Json) => boolean;
  /** What Logto deletes when an object of these fields is made. */
  readonly displaces?: (
    fields: JsonObject,
    others: readonly TenantObject[],
    catalogue: Json,
  ) => readonly TenantObject[];
  /**
   * What of the tenant's fields goes on beside the stated ones, in an update or a replacement; all of it, unless this says
   * otherwise: settings of another provider contradict those of this one.
   */
  readonly survives?: (stated: JsonObject, before: JsonObject) => JsonObject;
  /** What its key in an exported manifest is made from, where the title says too little. */
  readonly keyFrom?: (fields: JsonObject) => string;
  /** For a child: Logto makes it with its parent, so that nobody has to state it. */
  readonly comesWithParent?: (child: TenantObject, parent: TenantObject) => boolean;
  /** What it is, and what it leads to, in the graph of who can reach what. */
  readonly access?: Access;
  /** What `output` hands on of one, by its name; without it the id, and of a child nothing. */
  readonly outputs?: Readonly<Record<string, Output>>;
  /** What a replacement takes with it, in words, for the plan. */
  readonly replacement?: readonly string[];
  /** Fields as they are once objects of other kinds have been replaced: Logto takes out of them what is deleted. */
  readonly losesBy?: (fields: JsonObject, replaced: (kind: string) => readonly TenantObject[]) => JsonObject;
  /** What an update or creation does to objects that the manifest does not own: `before` is the tenant's list. */
  readonly sideEffects?: (
    fields: JsonObject,
    id: string | undefined,
    others: readonly TenantObject[],
  ) => readonly string[];
}

export interface LinkKind {
  /** The field that names the owner of the relation, the kind that it is of, and the relation's field there. */
  readonly from: { readonly field: string; readonly kind: string; readonly relation: string };
  readonly to: { readonly field: string; readonly kind: string };
}

export interface BuiltIn {
  readonly is: (fields: JsonObject) => boolean;
  /** What people know it by. */
  readonly title: string;
  readonly summary: string;
  /** The keys of all that it holds, by section. */
  readonly children?: Readonly<Record<string, readonly string[]>>;
}

/** Fails to compile, or at the first import, where a declaration contradicts itself. */
export function defineKind<const K extends Kind>(kind: K): K {
  for (const field of [...kind.key.map((name) => name.split('.')[0] ?? name), kind.title]) {
    if (!(field in kind.fields)) throw new Error(`kind ${kind.name}: no field ${field}`);
  }
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field.relation && !kind.relations?.[name])
      throw new Error(`kind ${kind.name}: ${name} has no relation`);
    if (kind.parts?.[name] && !field.late) throw new Error(`kind ${kind.name}: ${name} has to be late`);
  }
  return kind;
}
