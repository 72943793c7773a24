import type { JsonObject } from '../json.js';
import { kindNamed } from '../kinds/index.js';
import type { Kind, LinkTarget } from '../kinds/kind.js';
import { escapedJson } from '../manifest/expression.js';
import { keyFromName } from './choose-keys.js';
import type { KnownObjects } from './describe-tenant.js';
import type { Omission } from './exported.js';
import type { Everything } from './read-everything.js';

/** What exported resources refer to and what is not exported itself: declared as existing already. */
export class ExternalObjects {
  readonly sections: Record<string, Record<string, JsonObject>> = {};
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly everything: Pick<Everything, 'lists' | 'gone'>,
    private readonly taken: ReadonlyMap<string, string>,
    private readonly omissions: Omission[],
    private readonly declared: Pick<KnownObjects, 'external' | 'taken'>,
    private readonly whyUnlisted: string,
  ) {}

  keyOf(target: LinkTarget): string | undefined {
    // What an external object holds is named by its name.
    if (target.parent) return this.keyOfHolder(target.parent) === undefined ? undefined : target.name;
    return this.keyOfHolder(target);
  }

  private keyOfHolder(target: LinkTarget): string | undefined {
    const known =
      this.taken.get(target.id) ?? this.declared.external.get(target.id) ?? this.keys.get(target.id);
    if (known !== undefined) return known;
    const kind = kindNamed(target.kind);
    const lookup = this.lookupOf(kind, target);
    if (!lookup) {
      // What is gone is told of by itself.
      if (!this.everything.gone.has(target.id)) this.omitNew(kind, target);
      return undefined;
    }
    const section = (this.sections[kind.name] ??= {});
    const declared = this.declared.taken.get(kind.name) ?? [];
    const used = new Set([...Object.keys(section), ...this.taken.values(), ...declared]);
    const base = keyFromName(target.name) || keyFromName(kind.singular);
    let key = base;
    for (let number = 2; used.has(key); number += 1) key = `${base}-${number}`;
    section[key] = lookup;
    this.keys.set(target.id, key);
    return key;
  }

  private omitNew({ singular }: Kind, { id, name }: LinkTarget): void {
    const what = `the ${singular} "${name}" (${id})`;
    if (this.omissions.some((omission) => omission.what === what)) return;
    this.omissions.push({ what, why: this.whyUnlisted });
  }

  /** The first field that it alone has; its id where there is none. */
  private lookupOf({ name, lookupBy = [] }: Kind, { id }: LinkTarget): JsonObject | undefined {
    const objects = this.everything.lists.get(name) ?? [];
    const object = objects.find((candidate) => candidate.id === id);
    if (!object) return undefined;
    const unique = lookupBy.find(
      (field) =>
        typeof object.fields[field] === 'string' &&
        objects.filter((other) => other.fields[field] === object.fields[field]).length === 1,
    );
    return unique === undefined ? { id } : { [unique]: escapedJson(object.fields[unique] ?? null) };
  }
}
