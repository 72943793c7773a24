import { Construct, type IConstruct } from 'constructs';
import { isObject, type JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { nameOf, resourceToJson } from './fields-to-json.js';
import type { Referable, ResourceProps } from './props.js';
import { problemText, tenantOf } from './tenant-of.js';

// Two copies of this package may be loaded at once, so constructs are known by a brand and never by instanceof.
const brand = Symbol.for('logto-iac/resource-construct');

/** A resource that a construct tree declares: what stands behind `Application`, `Role` and the others. */
export abstract class ResourceConstruct extends Construct implements Referable {
  readonly reference: Referable['reference'];
  /** What methods have said; it stands in the place of what the props say. */
  private readonly added: Record<string, unknown> = {};

  protected constructor(
    scope: Construct,
    id: string,
    readonly kind: Kind,
    private readonly props: ResourceProps,
    /** Exists already and is never changed; the props say how to find it. */
    readonly isExternal = false,
  ) {
    super(scope, id);
    this.reference = { kind: kind.name, key: kind.singleton ? kind.name : (props.key ?? id) };
    Object.defineProperty(this, brand, { value: true });
    tenantOf(this)?.touch();
    this.node.addValidation({ validate: () => this.validateInTenant() });
  }

  /** The key in the manifest: what a map of other resources takes, as in `{ [acme.key]: [buyer] }`. */
  get key(): string {
    return this.reference.key;
  }

  private validateInTenant(): string[] {
    const tenant = tenantOf(this);
    if (!tenant) return ['it is not inside of a LogtoTenant, so nothing would ever be done about it'];
    const errors = tenant.problemsOf(this).filter(({ severity }) => severity === 'error');
    return errors.map(problemText);
  }

  /** Whether a construct declares a resource, whichever copy of this package it comes from. */
  static readonly isResourceConstruct = (construct: IConstruct): construct is ResourceConstruct =>
    brand in construct;

  /** Adds targets to a list or map of references, beside what the props say. */
  protected add(field: string, targets: readonly unknown[]): void {
    const before = this.stated[field] ?? [];
    this.put(field, [...(Array.isArray(before) ? (before as unknown[]) : [before]), ...targets]);
  }

  /** Adds an entry to a map of references, or targets to an entry, beside what the props say. */
  protected addEntry(field: string, key: string | Referable, targets: readonly (string | Referable)[]): void {
    const map = this.kind.fields[field];
    this.add(field, [{ [nameOf(key, map?.type === 'map' ? map.keys.kind : undefined)]: targets }]);
  }

  /** Declares one more of what the resource holds. */
  protected addChild(section: string, key: string, props: object): void {
    const before = this.stated[section];
    this.put(section, { ...(isObject(before) && before), [key]: props });
  }

  private get stated(): Readonly<Record<string, unknown>> {
    return { ...this.props, ...this.added };
  }

  private put(name: string, value: unknown): void {
    tenantOf(this)?.touch();
    this.added[name] = value;
  }

  /** The resource as a manifest states it. Tokens are still in it. */
  toManifest(): JsonObject {
    // A singleton has no key: that one is given all the same is told like any other field that it does not have.
    const stated = Object.entries(this.stated).filter(([name]) => name !== 'key' || this.kind.singleton);
    return resourceToJson(this.kind, Object.fromEntries(stated));
  }
}
