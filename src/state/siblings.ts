import type { Kind, TenantLists, TenantObject } from '../kinds/kind.js';

/** The objects among which one of a kind stands: all of its kind or, of a child, those that its parent holds. */
export function siblingsIn(
  lists: TenantLists,
  { name }: Pick<Kind, 'name'>,
  parentId: string | undefined,
): readonly TenantObject[] {
  const [parentKind = '', section] = name.split('.');
  if (section === undefined) return lists.get(name) ?? [];
  return lists.get(parentKind)?.find(({ id }) => id === parentId)?.children?.[section] ?? [];
}
