import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Files of this package, the same for every report. Found from any folder beside this one: also from the bundle's.
const read = (name: string): string => readFileSync(join(__dirname, '..', 'render', 'page', name), 'utf8');

const readAll = (...names: readonly string[]): string => names.map(read).join('');

export const pageScript = (): string => readAll('page.js', 'graph.js');
/** What adapts to a narrow screen and to paper comes last, because it overrules the rest. */
export const pageStyle = (): string =>
  readAll('graph.css', 'page.css', 'plan.css', 'access.css', 'adaptations.css');
export const graphStyle = (): string => read('graph.css');
