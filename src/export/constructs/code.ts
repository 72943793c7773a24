/** A piece of TypeScript, before it is decided where its lines break. */
export type Code =
  /** A name, a number, `true`: never broken. */
  | { readonly type: 'word'; readonly word: string }
  | { readonly type: 'text'; readonly text: string }
  /** A text in which values are put: literal pieces and code, in turn. */
  | { readonly type: 'template'; readonly pieces: readonly (string | Code)[] }
  | { readonly type: 'list'; readonly items: readonly Code[] }
  | ObjectCode
  | { readonly type: 'call'; readonly callee: string; readonly values: readonly Code[] };

export interface ObjectCode {
  readonly type: 'object';
  readonly members: readonly Member[];
  /** A line for each member, also where they would fit in one. */
  readonly isOpen: boolean;
}

export interface Member {
  /** As it stands in the source: quoted, or `[acme.key]`. */
  readonly key: string;
  /** Left out where a variable of that name is the value. */
  readonly value?: Code;
}

export const word = (text: string): Code => ({ type: 'word', word: text });
export const text = (value: string): Code => ({ type: 'text', text: value });
export const list = (items: readonly Code[]): Code => ({ type: 'list', items });
export const call = (callee: string, ...values: readonly Code[]): Code => ({ type: 'call', callee, values });
export const object = (members: readonly Member[], isOpen = false): ObjectCode => ({
  type: 'object',
  members,
  isOpen,
});
