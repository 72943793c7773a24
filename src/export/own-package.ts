import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface OwnPackage {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** What this package says of itself. Found from a folder as deep as the bundle of the command line. */
export const ownPackage = (): OwnPackage =>
  JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as OwnPackage;
