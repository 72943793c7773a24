import type { ReadApi } from '../management-api/api.js';
import type { JsonObject } from '../json.js';
import type { TenantObject } from './kind.js';

/** What there is to read a value from. */
export interface OutputContext {
  readonly api: ReadApi;
  /** The address that the tenant goes by, without a slash at the end. */
  readonly endpoint: string;
  /** Epoch milliseconds, by the server's clock. */
  readonly now: number;
  /** Ids of the children that the stack owns; of a child itself, its own and those of what follows it in rotation. */
  readonly children: readonly string[];
}

/** A value that is handed on to what uses an object: its id, its secret, the address of its metadata. */
export interface Output {
  /** Handed on only to those who ask for secrets. */
  readonly isSecret?: true;
  /** Which objects have it; without it, all. */
  readonly appliesTo?: (fields: JsonObject) => boolean;
  /**
   * @param object what Logto's list holds; for a child that is read with its parent, the parent
   * @returns undefined where it has none, as `lacking` says
   */
  readonly read: (
    object: TenantObject,
    context: OutputContext,
  ) => string | undefined | Promise<string | undefined>;
  /** Why there may be none, such as "none of its secrets is in force". */
  readonly lacking?: string;
}

/** The id that Logto gave it. */
export const idOutput: Output = { read: ({ id }) => id };

/** A field that Logto tells, as text. */
export const fieldOutput = (name: string, isSecret = false): Output => ({
  ...(isSecret && { isSecret: true }),
  read: ({ fields }) => {
    const value = fields[name];
    return typeof value === 'string' ? value : undefined;
  },
  lacking: `Logto tells no ${name}`,
});
