import type { SourceRange } from '../errors.js';

/** A text that the user wrote, under the name that messages call it by. */
export class SourceText {
  readonly text: string;
  private starts: readonly number[] | undefined;

  /**
   * @param folder where the files that it names are looked up; without one it may name none
   * @param contents texts that such files are going to have, by absolute path: what lies there is not read
   */
  constructor(
    readonly name: string,
    text: string,
    readonly folder?: string,
    readonly contents: ReadonlyMap<string, string> = new Map(),
  ) {
    this.text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** Offsets into the text → lines and columns. */
  rangeOf(start: number, end: number): SourceRange {
    const from = this.positionOf(start);
    const to = this.positionOf(Math.max(start, end));
    return {
      file: this.name,
      line: from.line,
      column: from.column,
      endLine: to.line,
      endColumn: to.column,
      text: this.lineText(from.line),
    };
  }

  private positionOf(offset: number): { readonly line: number; readonly column: number } {
    const starts = this.lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  private lineText(line: number): string {
    const starts = this.lineStarts();
    const end = starts[line] ?? this.text.length + 1;
    return this.text.slice(starts[line - 1] ?? 0, end - 1).replace(/\r$/, '');
  }

  private lineStarts(): readonly number[] {
    if (this.starts) return this.starts;
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    this.starts = starts;
    return starts;
  }
}

/** A part of a source, as offsets; lines and columns are counted only for what is reported. */
export interface Place {
  readonly source: SourceText;
  readonly start: number;
  readonly end: number;
}

export const rangeOf = ({ source, start, end }: Place): SourceRange => source.rangeOf(start, end);

/** `tenant.yaml:14:11`, to name a second place inside a message. */
export function placeName(place: Place): string {
  const { file, line, column } = rangeOf(place);
  return `${file}:${line}:${column}`;
}
