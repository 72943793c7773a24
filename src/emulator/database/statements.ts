import type { PGlite, protocol as protocolOfPGlite } from '@electric-sql/pglite' with {
  'resolution-mode': 'import',
};

import { camelCase } from './camel-case.js';
import type { Sql } from './sql.js';

export interface Result<Row> {
  readonly rows: readonly Row[];
  readonly rowCount: number;
}

type Protocol = typeof protocolOfPGlite;
type BackendMessage = Parameters<Parameters<InstanceType<Protocol['Parser']>['parse']>[1]>[0];

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** A statement that the database has parsed: it is only bound to values, and executed. */
interface Prepared {
  readonly name: string;
  readonly write: readonly ((value: unknown) => string | null)[];
  readonly columns: readonly Column[];
}

/** More are kept than the emulator has; the texts of lists of all lengths would fill the memory. */
const mostKept = 1000;

/**
 * The statements of one connection. Each text is parsed once, and from then on a query is one message to the database
 * and not five of which each waits for the one before: an eighth of the time. It answers at once, so nothing comes in between.
 */
export class Statements {
  readonly #pglite: PGlite;
  readonly #protocol: Protocol;
  readonly #prepared = new Map<string, Prepared>();
  #made = 0;

  constructor(pglite: PGlite, protocol: Protocol) {
    this.#pglite = pglite;
    this.#protocol = protocol;
  }

  /**
   * @returns the rows, keyed as Logto's entities are, and how many there are or were written
   * @throws {DatabaseError} what PostgreSQL says
   */
  run<Row>({ texts, values }: Sql): Result<Row> {
    const { serialize } = this.#protocol;
    const text = texts.reduce((whole, part, index) => `${whole}$${index}${part}`);
    const { name, write, columns } = this.#prepared.get(text) ?? this.#prepare(text);
    const given = values.map((value, index) => (value === null ? null : (write[index]?.(value) ?? null)));
    const answers = this.#send([
      serialize.bind({ statement: name, values: given }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    const { DataRowMessage, CommandCompleteMessage } = this.#protocol.messages;
    const rows: Row[] = [];
    let rowCount = 0;
    for (const answer of answers) {
      if (answer instanceof DataRowMessage) rows.push(rowOf(columns, answer.fields) as Row);
      else if (answer instanceof CommandCompleteMessage) rowCount = countIn(answer.text);
    }
    return { rows, rowCount };
  }

  #prepare(text: string): Prepared {
    const { serialize, messages } = this.#protocol;
    this.#made += 1;
    const name = `s${this.#made}`;
    const answers = this.#send([
      serialize.parse({ name, text }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ]);
    const { serializers, parsers } = this.#pglite;
    const types = answers.flatMap((answer) =>
      answer instanceof messages.ParameterDescriptionMessage ? answer.dataTypeIDs : [],
    );
    const fields = answers.flatMap((answer) =>
      answer instanceof messages.RowDescriptionMessage ? answer.fields : [],
    );
    const prepared: Prepared = {
      name,
      write: types.map((type) => serializers[type] ?? String),
      columns: fields.map((field) => {
        const parse = parsers[field.dataTypeID];
        return {
          name: camelCase(field.name),
          parse: (value): unknown => (parse ? parse(value, field.dataTypeID) : value),
        };
      }),
    };
    this.#prepared.set(text, prepared);
    if (this.#prepared.size > mostKept) this.#forgetOldest();
    return prepared;
  }

  #forgetOldest(): void {
    const { serialize } = this.#protocol;
    const [oldest] = this.#prepared;
    if (!oldest) return;
    const [text, { name }] = oldest;
    this.#prepared.delete(text);
    this.#send([serialize.close({ type: 'S', name }), serialize.sync()]);
  }

  #send(messages: readonly Uint8Array[]): readonly BackendMessage[] {
    const answers: BackendMessage[] = [];
    const bytes = this.#pglite.execProtocolRawSync(Buffer.concat(messages));
    new this.#protocol.Parser().parse(bytes, (answer) => answers.push(answer));
    const error = answers.find((answer) => answer instanceof this.#protocol.messages.DatabaseError);
    if (error) throw error;
    return answers;
  }
}

function rowOf(columns: readonly Column[], values: readonly (string | null)[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, { name, parse }] of columns.entries()) {
    const value = values[index] ?? null;
    row[name] = value === null ? null : parse(value);
  }
  return row;
}

/** `INSERT 0 3`, `UPDATE 3`, `SELECT 3`. */
const countIn = (tag: string): number => Number(/\d+$/.exec(tag)?.[0] ?? 0);
