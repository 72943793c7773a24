import type { Construct, IConstruct } from 'constructs';
import type { Problem, ProblemCode } from '../errors.js';

const brand = Symbol.for('logto-iac/tenant');

/** What a resource construct needs of the tenant construct above it. */
export interface EnclosingTenant {
  /** Something below has changed: what was worked out is not true any more. */
  touch(): void;
  problemsOf(construct: IConstruct): readonly Problem[];
}

export const markAsTenant = (construct: Construct): void => {
  Object.defineProperty(construct, brand, { value: true });
};

/** The tenant construct that encloses another one, whichever copy of this package it comes from. */
export function tenantOf(construct: Construct): (Construct & EnclosingTenant) | undefined {
  return [...construct.node.scopes].reverse().find((scope) => brand in scope) as
    (Construct & EnclosingTenant) | undefined;
}

/** What to do where it is not what one does in YAML. */
const remedies: Readonly<Partial<Record<ProblemCode, string>>> = {
  'literal-secret': 'give it the value of a sensitive TerraformVariable',
};

/** A problem in the words of a construct tree: the path of the construct stands before it already. */
export function problemText({ code, message, hint }: Problem): string {
  const remedy = remedies[code] ?? hint;
  return remedy === undefined ? message : `${message} (${remedy})`;
}
