import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ManifestError, type Problem } from '../../src/errors.js';
import { parseManifest, type TextOptions } from '../../src/manifest/load-manifest.js';
import type { Manifest } from '../../src/manifest/manifest.js';

interface Options extends Omit<TextOptions, 'overlays'> {
  readonly overlays?: readonly string[];
}

/** Loads texts as `a.yaml`, `b.yaml`, …, and overlays as `overlay.yaml`, `overlay-2.yaml`, …; no real environment. */
export function load(texts: string | readonly string[], options: Options = {}): Promise<Manifest> {
  const { overlays = [], ...rest } = options;
  return parseManifest(
    [texts].flat().map((text, index) => ({ name: `${String.fromCharCode(97 + index)}.yaml`, text })),
    {
      environment: {},
      ...rest,
      overlays: overlays.map((text, index) => ({
        name: index === 0 ? 'overlay.yaml' : `overlay-${index + 1}.yaml`,
        text,
      })),
    },
  );
}

/** The problems of a manifest that cannot be loaded. */
export async function problemsOf(loading: Promise<Manifest>): Promise<readonly Problem[]> {
  try {
    await loading;
  } catch (error) {
    if (error instanceof ManifestError) return error.problems;
    throw error;
  }
  throw new Error('the manifest was loaded without a problem');
}

/** Problems as `a.yaml:2:3 unknown-field`. */
export const places = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ at, code }) => (at ? `${at.file}:${at.line}:${at.column} ${code}` : code));

/** Problems as `a.yaml:2:3 message (hint)`. */
export const sentences = (problems: readonly Problem[]): readonly string[] =>
  problems.map(({ at, message, hint }) => {
    const place = at ? `${at.file}:${at.line}:${at.column} ` : '';
    return `${place}${message}${hint === undefined ? '' : ` (${hint})`}`;
  });

/** Runs with a folder that holds these files, and removes it. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  run: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
