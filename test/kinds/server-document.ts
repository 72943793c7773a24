import document from '../logto-contract/openapi/operations.json';

/** A body as the server's own document describes it. */
export interface Body {
  readonly fields?: Readonly<Record<string, Body>>;
  readonly oneOf?: readonly Body[];
  readonly items?: Body;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface Operation {
  readonly method: string;
  readonly path: string;
}

/** `POST /api/roles` */
export const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

export const operations: readonly Operation[] = document.operations;

export function bodyOf(name: string): Body {
  const operation = document.operations.find((one) => nameOf(one) === name);
  if (!operation) throw new Error(`the document has no ${name}`);
  return (operation as { body?: Body }).body ?? {};
}

/** The paths of all that a body may hold, in whichever of its shapes; it does not look into lists of objects. */
export function leavesOf(body: Body, path: readonly string[]): readonly string[] {
  const shapes = [body, ...(body.oneOf ?? [])].filter(({ fields }) => fields);
  const leaves = shapes.flatMap(({ fields = {} }) =>
    Object.entries(fields).flatMap(([name, inner]) => {
      const below = leavesOf(inner, [...path, name]);
      return below.length > 0 ? below : [[...path, name].join('.')];
    }),
  );
  const distinct = [...new Set(leaves)];
  // What one shape says nothing about, another one may describe.
  return distinct.filter((leaf) => !distinct.some((other) => other.startsWith(`${leaf}.`)));
}

/** The operation of the document that a request is one of. */
export function operationOf(method: string, path: string): string | undefined {
  const segments = path.split('?')[0]?.split('/') ?? [];
  const matching = operations.filter((operation) => {
    const wanted = operation.path.split('/');
    return (
      operation.method === method &&
      wanted.length === segments.length &&
      wanted.every((part, index) => part.startsWith('{') || part === segments[index])
    );
  });
  // The one with the fewest placeholders is meant.
  const [first] = [...matching].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  return first && nameOf(first);
}
