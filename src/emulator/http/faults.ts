/** A failure that a test asks for, for some of the next requests. */
export interface Fault {
  readonly type: 'latency' | 'status' | 'reset' | 'lost-response' | 'truncated';
  readonly method?: string;
  /** A pattern for the path, or for path and query, where `*` stands for any text. */
  readonly path?: string;
  /** How many matching requests to let pass first. */
  readonly skip: number;
  /** How many requests to hit; 0 hits all. */
  readonly count: number;
  readonly milliseconds: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Of `latency` and `status`: whether the request's work is not done yet, or done. */
  readonly when: 'before' | 'after';
}

const types: readonly Fault['type'][] = ['latency', 'status', 'reset', 'lost-response', 'truncated'];
const keys = ['type', 'method', 'path', 'skip', 'count', 'milliseconds', 'status', 'headers', 'body', 'when'];

/** A list of faults from its JSON, or what is wrong with it. */
export function parseFaults(value: unknown): readonly Fault[] | string {
  const list = isObject(value) ? value['faults'] : value;
  if (!Array.isArray(list)) return 'Send an array of faults, or { "faults": [ … ] }.';
  const faults: Fault[] = [];
  for (const [index, item] of list.entries()) {
    const fault = parseFault(item);
    if (typeof fault === 'string') return `faults[${index}]: ${fault}`;
    faults.push(fault);
  }
  return faults;
}

function parseFault(value: unknown): Fault | string {
  if (!isObject(value)) return 'must be an object';
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) return `unknown key "${unknown}"; known are ${keys.join(', ')}`;
  const {
    type,
    method,
    path,
    skip = 0,
    count = 1,
    milliseconds = 0,
    status = 500,
    headers = {},
    when = 'before',
  } = value;
  const known = types.find((name) => name === type);
  if (known === undefined) return `type must be one of ${types.join(', ')}`;
  if (method !== undefined && typeof method !== 'string') return 'method must be a string';
  if (path !== undefined && typeof path !== 'string') return 'path must be a string';
  if (!isCount(skip)) return 'skip must be a whole number';
  if (count !== 'always' && !isCount(count)) return 'count must be a whole number or "always"';
  if (typeof milliseconds !== 'number' || milliseconds < 0) return 'milliseconds must be a number';
  if (!isCount(status) || status < 200 || status > 599) return 'status must be a status code from 200 to 599';
  if (!isObject(headers) || !Object.values(headers).every((text) => typeof text === 'string')) {
    return 'headers must be an object of strings';
  }
  if (when !== 'before' && when !== 'after') return 'when must be "before" or "after"';
  return {
    type: known,
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(path === undefined ? {} : { path }),
    skip,
    count: count === 'always' ? 0 : count,
    milliseconds,
    status,
    headers: headers as Record<string, string>,
    ...('body' in value ? { body: value['body'] } : {}),
    when,
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** The faults that are still to come. */
export class FaultList {
  #faults: (Fault & { skip: number; count: number })[] = [];

  replace(faults: readonly Fault[]): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
  }

  remaining(): readonly Fault[] {
    return this.#faults;
  }

  /** The faults that hit this request; each is used up by one. At most one of them decides the answer: the first. */
  take(method: string, path: string): readonly Fault[] {
    const hits: Fault[] = [];
    for (const fault of this.#faults.filter((candidate) => matches(candidate, method, path))) {
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      if (fault.type !== 'latency' && hits.some(({ type }) => type !== 'latency')) continue;
      hits.push({ ...fault });
      if (fault.count > 0) {
        fault.count -= 1;
        if (fault.count === 0) this.#faults = this.#faults.filter((candidate) => candidate !== fault);
      }
    }
    return hits;
  }
}

function matches(fault: Fault, method: string, path: string): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  if (fault.path === undefined) return true;
  const pattern = globToRegExp(fault.path);
  return pattern.test(path) || pattern.test(path.split('?')[0] ?? '');
}

const globToRegExp = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split('*')
      .map((text) => text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
