import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..', '..');
const compiler = createRequire(__filename).resolve('typescript/bin/tsc');
const packages = ['cdktf', 'constructs', 'typescript', '@types/node'];

/** A folder with what `npm install` would put beside an exported program; removed afterwards. */
export async function inProject<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-program-'));
  try {
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(root, join(folder, 'node_modules', 'logto-iac'));
    for (const name of packages)
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Runs the real compiler, and gives what it complains about. */
export async function complaintsOfCompiler(folder: string, ...flags: readonly string[]): Promise<string> {
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', folder, ...flags]);
    return '';
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
