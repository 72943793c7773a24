import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkedSchemas } from './checked-schemas.js';
import { validatorSource } from './compile-schema.js';

// A part of `npm run build`: compiles every schema that manifests are checked against into dist/validators/.
const folder = join(__dirname, '..', 'validators');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const name of checkedSchemas.keys()) writeFileSync(join(folder, `${name}.js`), validatorSource(name));
