import { Fn, Token, Tokenization } from 'cdktf';
import { isObject, type Json } from '../json.js';
import { escapeExpressions } from '../manifest/expression.js';
import { VariableNames } from '../manifest/variable-names.js';

/** A value that only Terraform knows: a variable of the manifest, filled through the environment. */
export interface TokenVariable {
  readonly name: string;
  /** Where in the manifest it stands. */
  readonly path: readonly string[];
  readonly type: 'string' | 'number' | 'json';
  /** What Terraform puts into the environment variable: always a text. */
  readonly value: string;
}

/** Replaces what only Terraform knows in a value by `${var.…}`, and collects what it replaced. */
export class TokenCollector {
  readonly variables: TokenVariable[] = [];
  /** Paths of the document, as one text each, that hold an expression now. */
  readonly paths = new Set<string>();
  readonly #names = new VariableNames();

  /**
   * @param path where in the document; names the variable, so that names are the same at each synthesis
   */
  replace(value: Json, path: readonly string[]): Json {
    if (typeof value === 'string')
      return Token.isUnresolved(value) ? this.#text(value, path) : escapeExpressions(value);
    if (typeof value === 'number')
      return Token.isUnresolved(value) ? this.#put('number', Token.asString(value), path) : value;
    if (Array.isArray(value)) {
      if (Token.isUnresolved(value)) return this.#put('json', Fn.jsonencode(value), path);
      return (value as readonly Json[]).map((item, index) => this.replace(item, [...path, String(index)]));
    }
    if (!isObject(value)) return value;
    if (Token.isUnresolved(value)) return this.#put('json', Fn.jsonencode(value), path);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        escapeExpressions(key),
        this.replace(item, [...path, key]),
      ]),
    );
  }

  /** A text that is one reference to a list is a list in disguise; all other texts stay texts. */
  #text(value: string, path: readonly string[]): string {
    const isList =
      Tokenization.reverseString(value).literals.length === 0 && Tokenization.isResolvable(value);
    return isList ? this.#put('json', Fn.jsonencode(value), path) : this.#put('string', value, path);
  }

  #put(type: TokenVariable['type'], value: string, path: readonly string[]): string {
    const name = this.#names.nameFor(path);
    this.variables.push({ name, path, type, value });
    this.paths.add(JSON.stringify(path));
    return `\${var.${name}}`;
  }
}
