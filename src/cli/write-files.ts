import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../errors.js';

/** A file that is written over, and what it must still hold. */
export interface FileChange {
  readonly path: string;
  readonly text: string;
  /** What was read from it, as `textBefore` does; undefined where there was no such file. */
  readonly before: string | undefined;
}

const byteOrderMark = '\uFEFF';

/** What a file holds, to be its `before`; undefined where there is none. Its byte order mark, if any, is kept for it. */
export const textBefore = (path: string): string | undefined =>
  existsSync(path) ? unmarked(readFileSync(path, 'utf8')) : undefined;

const unmarked = (text: string): string => (text.startsWith(byteOrderMark) ? text.slice(1) : text);

/**
 * Writes files, all of them or none: each beside its place before the first is put there, and put back where one cannot be
 * put there. Nothing else runs in between, so that only the end of the process could leave some of them undone, and each
 * is whole then too.
 *
 * @throws {UsageError} somebody has changed one of them since it was read, or it cannot be written; nothing has changed
 */
export function writeFiles(changes: readonly FileChange[]): void {
  const suffix = `.${randomUUID().slice(0, 8)}.tmp`;
  const files = changes.map(({ path, text, before }) => openFile(path, text, before));
  const placed: OpenFile[] = [];
  const beside: string[] = [];
  try {
    for (const { target, text, mode } of files) {
      mkdirSync(dirname(target), { recursive: true });
      beside.push(target + suffix);
      writeFileSync(target + suffix, text, { flag: 'wx', ...(mode !== undefined && { mode }) });
      // The umask has been taken off what a new file is made with.
      if (mode !== undefined) chmodSync(target + suffix, mode);
    }
    for (const file of files) {
      renameSync(file.target + suffix, file.target);
      placed.push(file);
    }
  } catch (cause) {
    for (const { target, old } of placed) {
      if (old === undefined) rmSync(target, { force: true });
      else writeFileSync(target, old);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`cannot write: ${reason}`, 'nothing has been written');
  } finally {
    for (const path of beside) rmSync(path, { force: true });
  }
}

interface OpenFile {
  /** Where it lies: what a link leads to is written, not the link. */
  readonly target: string;
  readonly text: string;
  readonly old: string | undefined;
  /** Undefined where there was no such file. */
  readonly mode: number | undefined;
}

function openFile(path: string, text: string, before: string | undefined): OpenFile {
  if (!existsSync(path)) {
    if (before !== undefined) throw changedMeanwhile(path);
    return { target: path, text, old: undefined, mode: undefined };
  }
  const target = realpathSync(path);
  const old = readFileSync(target, 'utf8');
  if (unmarked(old) !== before) throw changedMeanwhile(path);
  const mark = old === before ? '' : byteOrderMark;
  return { target, text: mark + text, old, mode: statSync(target).mode & 0o7777 };
}

const changedMeanwhile = (path: string): UsageError =>
  new UsageError(`${path} has changed since it was read; nothing has been written`, 'run the command again');
