import { formatAddress } from '../address.js';
import { kinds } from '../kinds/index.js';
import type { Kind } from '../kinds/kind.js';

const kindBySection = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]));

/** The kind that a top-level section holds. */
export const kindOfSection = (section: string): Kind | undefined => kindBySection.get(section);

/** Everything that may stand at the top of a manifest. */
export const topLevelNames: readonly string[] = [
  'stack',
  'variables',
  'external',
  'moved',
  ...kindBySection.keys(),
];

/** What a path of a manifest leads to: a section holds entries by key; everything else belongs to an entry. */
export type Level = 'section' | 'entry' | 'inside';

export function levelOf(path: readonly string[]): Level {
  const [section = '', , childSection = ''] = path;
  if (section === 'external') return (['section', 'section', 'entry'] as const)[path.length - 1] ?? 'inside';
  if (section === 'variables') return (['section', 'entry'] as const)[path.length - 1] ?? 'inside';
  const kind = kindOfSection(section);
  if (!kind || kind.link) return 'inside';
  if (kind.singleton) return path.length === 1 ? 'entry' : 'inside';
  const hasChildren = Object.hasOwn(kind.children ?? {}, childSection);
  const levels = ['section', 'entry', ...(hasChildren ? (['section', 'entry'] as const) : [])] as const;
  return levels[path.length - 1] ?? 'inside';
}

/** Kinds whose objects can be declared as existing already. */
export const externalKinds: readonly Kind[] = kinds.filter(({ link, singleton }) => !link && !singleton);

/** `apiResources.orders` and `['scopes', 'a.b']` → `apiResources.orders.scopes["a.b"]`. */
export const addressBelow = (address: string, segments: readonly string[]): string =>
  address + formatAddress(['_', ...segments]).slice(1);
