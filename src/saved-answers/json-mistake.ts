/** Where a text stops being JSON, and what is wrong there. */
export interface JsonMistake {
  readonly offset: number;
  readonly message: string;
}

const token =
  /[ \t\n\r]*(?:(?<open>[[{])|(?<close>[\]}])|(?<comma>,)|(?<colon>:)|(?<text>"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?<value>(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])))/y;

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or ]' | ', or }' | 'end';

/** What each `Expected` is called in a message. */
const words: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'value or ]': 'a value',
  key: 'a key in double quotes',
  'key or }': 'a key in double quotes',
  ':': '":"',
  ', or ]': '"," or "]"',
  ', or }': '"," or "}"',
  end: 'the end of the file',
};

/**
 * Finds the first mistake in a text that `JSON.parse` does not take. Its own messages tell no place, or in other words in
 * each version of Node.
 */
export function jsonMistake(text: string): JsonMistake {
  const holders: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  token.lastIndex = 0;
  for (;;) {
    const start = token.lastIndex;
    const groups = token.exec(text)?.groups;
    const next: Expected | undefined = groups && after(groups, expected, holders);
    if (next === undefined) return mistakeAt(text, start, expected);
    expected = next;
  }
}

/** What comes after a token; undefined where the token must not be. */
function after(
  { open, close, comma, colon, text, value }: Readonly<Record<string, string | undefined>>,
  expected: Expected,
  holders: ('[' | '{')[],
): Expected | undefined {
  const takesValue = expected === 'value' || expected === 'value or ]';
  if (open !== undefined && takesValue) {
    holders.push(open === '[' ? '[' : '{');
    return open === '[' ? 'value or ]' : 'key or }';
  }
  if ((text ?? value) !== undefined && takesValue) return afterValue(holders);
  if (text !== undefined && (expected === 'key' || expected === 'key or }')) return ':';
  if (colon !== undefined && expected === ':') return 'value';
  if (comma !== undefined && expected === ', or ]') return 'value';
  if (comma !== undefined && expected === ', or }') return 'key';
  if (close !== undefined && expected.endsWith(`or ${close}`)) {
    holders.pop();
    return afterValue(holders);
  }
  return undefined;
}

function afterValue(holders: readonly ('[' | '{')[]): Expected {
  const holder = holders.at(-1);
  if (holder === undefined) return 'end';
  return holder === '[' ? ', or ]' : ', or }';
}

function mistakeAt(text: string, start: number, expected: Expected): JsonMistake {
  const offset = start + (/^[ \t\n\r]*/.exec(text.slice(start))?.[0].length ?? 0);
  if (text.charAt(offset) === '"' && /value|key/.test(expected)) {
    return {
      offset,
      message: 'broken JSON: this text does not end, or holds what must be written as an escape',
    };
  }
  const what = offset >= text.length ? 'the file ends too early' : 'broken JSON';
  return { offset, message: `${what}: ${words[expected]} should be here` };
}
