import type { Json } from '../json.js';
import { keyNames } from '../kinds/identity.js';
import type { CurrentResource } from '../state/current-state.js';
import type { LedgerEntry } from '../state/ledger.js';
import type { Resource } from '../state/resource.js';
import type { Change } from './plan.js';

/** What the ledger has to know for the day when the resource is taken out of the manifest. Written to it alone. */
export function lifecycleChanges({ lifecycle }: Resource, entry: LedgerEntry | undefined): readonly Change[] {
  if (!entry) return [];
  const change = (name: string, before: Json, after: Json): readonly Change[] =>
    before === after ? [] : [{ path: ['lifecycle', name], before, after }];
  return [
    ...change('protect', entry.protect ?? false, lifecycle.protect ?? false),
    ...change('onRemove', entry.release ? 'release' : 'delete', lifecycle.onRemove ?? 'delete'),
    ...change('deletable', entry.deletable ?? false, lifecycle.deletable ?? false),
  ];
}

/** Why an object that exists becomes ours with this plan; undefined when the ledger has it. */
export function adoptionReason(resource: Resource, { by, id }: CurrentResource): string | undefined {
  switch (by) {
    case 'singleton':
      return 'is as stated already; the ledger takes note of it';
    case 'ledger':
    case 'external':
    case 'built-in':
      return undefined;
    case 'intent':
      return `${id} was created by an apply that was cut off`;
    case 'pinned':
      return `exists already: id ${id} is pinned`;
    case 'key':
      return `exists already with the same ${keyNames(resource.kind, resource.fields).join(' and ')}`;
    case 'name':
      return `exists already with the same ${resource.kind.title} (--adopt)`;
  }
}
