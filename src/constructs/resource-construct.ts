import { Construct, type IConstruct } from 'constructs';
import type { JsonObject } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { fieldsToJson } from './fields-to-json.js';
import type { Referable, ResourceProps } from './props.js';
import { problemText, tenantOf } from './tenant-of.js';

// Two copies of this package may be loaded at once, so constructs are known by a brand and never by instanceof.
const brand = Symbol.for('logto-iac/resource-construct');

/** A resource that a construct tree declares: what stands behind `Application`, `Role` and the others. */
export abstract class ResourceConstruct extends Construct implements Referable {
  readonly reference: Referable['reference'];
  /** Children that the construct holds itself: section → key → props. */
  protected readonly children: Record<string, Record<string, JsonObject>> = {};
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
    this.reference = { kind: kind.name, key: props.key ?? id };
    Object.defineProperty(this, brand, { value: true });
    tenantOf(this)?.touch();
    this.node.addValidation({ validate: () => this.validateInTenant() });
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
  protected add(field: string, targets: readonly (string | Referable)[]): void {
    const stated = this.props as Readonly<Record<string, unknown>>;
    const before = this.added[field] ?? stated[field] ?? [];
    tenantOf(this)?.touch();
    this.added[field] = [...(Array.isArray(before) ? (before as unknown[]) : [before]), ...targets];
  }

  /** The resource as a manifest states it. Tokens are still in it. */
  toManifest(): JsonObject {
    const { pinnedId, lifecycle, ...rest } = this.props as ResourceProps & Readonly<Record<string, unknown>>;
    const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== 'key'));
    return {
      ...(pinnedId !== undefined && { id: pinnedId }),
      ...fieldsToJson(this.kind.fields, { ...fields, ...this.added }),
      ...this.children,
      ...(lifecycle && { lifecycle: { ...lifecycle } }),
    };
  }
}
