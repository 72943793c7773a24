import { isAlias, isScalar, visit, type Alias, type Document, type Node } from 'yaml';
import { parseExpressions } from '../manifest/expression.js';
import { isWritten, type AnyNode } from './yaml-nodes.js';

/** Why a value is not edited: what is written there stands for more than this value, or is not understood. */
export interface Obstacle {
  readonly type:
    'expression' | 'alias' | 'anchor' | 'merge' | 'removal' | 'shared-file' | 'unreadable-file' | 'unusual';
  /** Where it is written, as offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** The variable, the anchor or the file. */
  readonly name?: string;
  /** Where else it is used. */
  readonly elsewhere?: number;
}

/** What is meant to happen to a value: a resource that goes may be given by expressions. */
export type Intention = 'replace' | 'remove' | 'delete';

/** Finds what keeps values of a document from being edited. */
export class Obstacles {
  private readonly uses = new Map<string, Alias[]>();

  /** @param hasExpressions whether `${…}` means something in this document */
  constructor(
    document: Document,
    private readonly hasExpressions: boolean,
  ) {
    visit(document, {
      Alias: (_, alias) => {
        this.uses.set(alias.source, [...(this.uses.get(alias.source) ?? []), alias]);
      },
    });
  }

  /** What stands in the way of replacing a value, or of taking it out. */
  to(intention: Intention, node: AnyNode): Obstacle | undefined {
    if (!node) return undefined;
    if (isAlias(node) && intention === 'replace') return at(node, { type: 'alias', name: node.source });
    let found: Obstacle | undefined;
    visit(node, (_, inner) => {
      if (isScalar(inner) || isCollection(inner)) found ??= this.anchorOf(inner, node);
      if (isScalar(inner) && intention !== 'delete') found ??= this.expressionIn(inner);
      return found ? visit.BREAK : undefined;
    });
    return found;
  }

  /** An expression in a text. */
  expressionIn(node: AnyNode): Obstacle | undefined {
    if (!this.hasExpressions || !isScalar(node) || typeof node.value !== 'string') return undefined;
    const variable = parseExpressions(node.value).find(({ type }) => type !== 'literal');
    if (!variable) return undefined;
    return at(node, {
      type: 'expression',
      name: variable.type === 'variable' ? variable.name : variable.text,
    });
  }

  /** An anchor of a value that is used outside of another one, which holds it. */
  anchorOf(node: AnyNode, holder: AnyNode = node): Obstacle | undefined {
    const anchor = node && 'anchor' in node ? node.anchor : undefined;
    if (anchor === undefined) return undefined;
    const [start = 0, end = 0] = holder?.range ?? [];
    const outside = this.uses.get(anchor)?.find(({ range }) => {
      const offset = range?.[0] ?? 0;
      return offset < start || offset >= end;
    });
    return outside && at(node, { type: 'anchor', name: anchor, elsewhere: outside.range?.[0] ?? 0 });
  }
}

const isCollection = (node: unknown): node is Node =>
  typeof node === 'object' && node !== null && 'items' in node;

/** Written in a way that is not understood well enough to be edited. */
export const unusual = (node: AnyNode): Obstacle => at(node, { type: 'unusual' });

export function at(node: AnyNode, obstacle: Omit<Obstacle, 'start' | 'end'>): Obstacle {
  const [start, end] = isWritten(node) ? node.range : [node?.range?.[0] ?? 0, node?.range?.[0] ?? 0];
  return { ...obstacle, start, end };
}
