import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Files of this package, the same for every report; they lie in src/render/ or dist/render/, and this one may be in a bundle in dist/cli/.
const read = (name: string): string => readFileSync(join(__dirname, '..', 'render', 'page', name), 'utf8');

export const pageScript = (): string => read('page.js');
export const pageStyle = (): string => `${read('graph.css')}${read('page.css')}`;
export const graphStyle = (): string => read('graph.css');
