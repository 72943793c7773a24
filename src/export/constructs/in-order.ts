import { kinds } from '../../kinds/index.js';
import { sectionOf, type Declaration } from './declarations.js';

/** Constructs that stand together below one comment. */
export interface Group {
  /** The section of a manifest; `external` for what exists already. */
  readonly section: string;
  readonly declarations: readonly Declaration[];
}

/** Sections in the order in which a program has them. */
const sections = ['external', ...kinds.map(({ name }) => name)];

/** One group for each section, whatever refers to what. */
export const bySection = (declarations: readonly Declaration[]): readonly Group[] =>
  sections.flatMap((section) => {
    const own = declarations.filter((declaration) => sectionOf(declaration) === section);
    return own.length === 0 ? [] : [{ section, declarations: own }];
  });

/**
 * Groups in such an order that what is referred to is declared before. What a section has to wait for with some of its
 * constructs splits it: they follow as soon as they can. Of a circle the first one in the order of the kinds begins.
 */
export function inOrder(declarations: readonly Declaration[]): readonly Group[] {
  const waiting = new Set(declarations);
  const known = new Set(declarations.map(({ address }) => address));
  const isReady = ({ refersTo }: Declaration): boolean => refersTo.every((address) => !known.has(address));
  const groups: Group[] = [];
  const declare = (section: string, some: readonly Declaration[]): boolean => {
    for (const declaration of some) {
      waiting.delete(declaration);
      known.delete(declaration.address);
    }
    const last = groups.at(-1);
    if (last?.section === section)
      groups.splice(-1, 1, { section, declarations: [...last.declarations, ...some] });
    else if (some.length > 0) groups.push({ section, declarations: some });
    return some.length > 0;
  };
  const declareReady = (section: string): boolean =>
    declare(
      section,
      [...waiting].filter((one) => sectionOf(one) === section && isReady(one)),
    );
  while (waiting.size > 0) {
    let hasDeclared = false;
    for (const [at, section] of sections.entries()) {
      if (!declareReady(section)) continue;
      hasDeclared = true;
      for (const earlier of sections.slice(0, at)) declareReady(earlier);
    }
    const [first] = waiting;
    if (!hasDeclared && first) declare(sectionOf(first), [first]);
  }
  return groups;
}
