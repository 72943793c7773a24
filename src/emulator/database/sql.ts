export type SqlValue = string | number | boolean | null | readonly string[];

/** A piece of SQL with its values kept apart; pieces nest. Made by the tag `sql`. */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly SqlValue[],
  ) {}
}

/** A list that must not be empty was; Logto answers 422 `entity.invalid_input` (slonik: "Value list must not be empty"). */
export class EmptyList extends Error {
  constructor() {
    super('Value list must not be empty.');
  }
}

export function sql(texts: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const pieces: string[] = [texts[0] ?? ''];
  const values: SqlValue[] = [];
  const append = (text: string): void => {
    pieces[pieces.length - 1] = (pieces.at(-1) ?? '') + text;
  };
  parts.forEach((part, index) => {
    if (part instanceof Sql) {
      part.texts.forEach((text, position) => {
        if (position === 0) append(text);
        else pieces.push(text);
      });
      values.push(...part.values);
    } else {
      values.push(part);
      pieces.push('');
    }
    append(texts[index + 1] ?? '');
  });
  return new Sql(pieces, values);
}

export const raw = (text: string): Sql => new Sql([text], []);

export const empty = raw('');

/** A quoted name: a table, or a column of a table. */
export const name = (...path: readonly string[]): Sql =>
  raw(path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.'));

/** @throws {EmptyList} there is nothing to join */
export function join(parts: readonly (Sql | SqlValue)[], separator = ', '): Sql {
  const [first, ...rest] = parts;
  if (first === undefined) throw new EmptyList();
  return rest.reduce<Sql>((joined, part) => sql`${joined}${raw(separator)}${part}`, sql`${first}`);
}

/** The piece when there is something to say, else nothing. */
export const when = (condition: unknown, piece: () => Sql): Sql => (condition ? piece() : empty);

/** `in (…)`, which for an empty list is true of no row. */
export const among = (values: readonly string[]): Sql =>
  values.length > 0 ? sql`in (${join(values)})` : sql`in (null)`;
