import { kinds } from '../../kinds/index.js';
import { textLiteral } from './text-literal.js';

const width = 80;

/** `import { … } from '…';`, names sorted; nothing where there are none. */
export function importLine(names: Iterable<string>, from: string, isOfTypes = false): readonly string[] {
  const sorted = [...new Set(names)].sort();
  if (sorted.length === 0) return [];
  const start = isOfTypes ? 'import type' : 'import';
  const line = `${start} { ${sorted.join(', ')} } from ${textLiteral(from)};`;
  // A single name is never put into a line of its own.
  if (line.length <= width || sorted.length === 1) return [line];
  return [`${start} {`, ...sorted.map((name) => `  ${name},`), `} from ${textLiteral(from)};`];
}

/** What a section holds, in a sentence. */
const summaries = new Map<string, string>([
  ['external', 'Exists already, is referred to, and is never changed from here.'],
  ...kinds.map(({ name, summary }) => [name, summary] as const),
]);

/** The comment above a group of constructs. */
export const sectionComment = (section: string, isContinued: boolean): readonly string[] =>
  comment(
    isContinued ? `${section}, continued: these refer to what stands above.` : (summaries.get(section) ?? ''),
  );

/** The first line of a program. */
export const tenantComment = (endpoint: string): readonly string[] =>
  comment(`The Logto tenant at ${endpoint}, as constructs for CDKTF.`);

function comment(text: string): readonly string[] {
  return wrapped(text, width - '// '.length).map((line) => `// ${line}`);
}

/** A comment that editors show beside what it is about. */
function docComment(text: string): readonly string[] {
  const line = `/** ${text} */`;
  if (line.length <= width) return [line];
  return ['/**', ...wrapped(text, width - ' * '.length).map((part) => ` * ${part}`), ' */'];
}

/** The same for a section. */
export const sectionDocComment = (section: string): readonly string[] =>
  docComment(summaries.get(section) ?? '');

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** Statements, with an empty line between them where one of the two has several lines. */
export const spaced = (statements: readonly string[]): string =>
  statements
    .map((statement, at) => {
      const before = statements[at - 1];
      const isApart = before !== undefined && (before.includes('\n') || statement.includes('\n'));
      return `${isApart ? '\n' : ''}${statement}`;
    })
    .join('\n');
