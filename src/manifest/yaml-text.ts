import { isScalar, visit, type Document, type ToStringOptions } from 'yaml';
import { isMisleading, withoutMisleading } from '../printable.js';

/** The text of a document that reads as what it says, for the library and for people; its scalars change their style. */
export function yamlText(document: Document, options: ToStringOptions): string {
  visit(document, {
    // In double quotes an escape is the sign itself.
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && isMisleading(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
    // The library leaves this key bare, and would read it as a merge.
    Pair: (_, { key }) => {
      if (isScalar(key) && key.value === '<<') key.type = 'QUOTE_DOUBLE';
    },
  });
  return withoutMisleading(document.toString(options));
}
