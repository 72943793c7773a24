import type { Kind } from '../../kinds/kind.js';
import { isName } from './text-literal.js';

/** What a variable of a module of TypeScript may not be called, or had better not. */
const reserved = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
    'exports false finally for function globalThis if implements import in Infinity instanceof interface let module',
    'NaN new null package private protected public require return static super switch this throw true try typeof',
    'undefined var void while with yield',
  ].flatMap((words) => words.split(' ')),
);

/** A name is cut at a word once it is longer. */
const longestName = 40;

/** The class of the constructs of a kind: `apiResources` → `ApiResource`. */
export const classOf = ({ name }: Kind): string => capitalised(name.replace(/s$/, ''));

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `apiResources` → `api-resources`. */
export const dashed = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

/** Names of variables: each once, and none that means something already. */
export class Names {
  private readonly taken: Set<string>;

  constructor(taken: Iterable<string>) {
    this.taken = new Set(taken);
  }

  /**
   * What a person would call the variable of a construct: `order-worker` → `orderWorker`. Where that cannot be, or is
   * taken by another, with what it is: `orderWorkerRole`.
   */
  nameFor(key: string, kind: Kind): string {
    const plain = nameFrom(key);
    const what = classOf(kind);
    const short = nameFrom(what);
    const full = isName(plain) ? plain + what : short + plain;
    const usable = [plain, full, short].filter((name) => isName(name) && !reserved.has(name));
    const name = usable.find((candidate) => !this.taken.has(candidate)) ?? this.numbered(usable[0] ?? short);
    this.taken.add(name);
    return name;
  }

  private numbered(name: string): string {
    for (let number = 2; ; number += 1) {
      const numbered = `${name}${number}`;
      if (!this.taken.has(numbered)) return numbered;
    }
  }
}

/** Words joined to one name that begins with a small letter; empty where there is no letter or digit. */
function nameFrom(key: string): string {
  const words = key
    .normalize('NFC')
    // What is not of the basic plane is in no name that every tool reads.
    .split(/[^\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}]+|[\u{10000}-\u{10ffff}]+/u)
    .filter((part) => part !== '');
  let name = '';
  for (const part of words) {
    const longer = name === '' ? beginning(part) : name + capitalised(part);
    if (longer.length > longestName) return name === '' ? longer.slice(0, longestName) : name;
    name = longer;
  }
  return name;
}

/** ACME becomes acme, and ApiKey apiKey. */
const beginning = (part: string): string =>
  part === part.toUpperCase() ? part.toLowerCase() : part.charAt(0).toLowerCase() + part.slice(1);
