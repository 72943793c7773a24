import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Files of this package, the same for every report. Found from any folder beside this one: also from the bundle's.
const read = (name: string): string => readFileSync(join(__dirname, '..', 'render', 'page', name), 'utf8');

export const pageScript = (): string => read('page.js');
export const pageStyle = (): string => `${read('graph.css')}${read('page.css')}`;
export const graphStyle = (): string => read('graph.css');
