import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { RefusedError, UsageError } from '../errors.js';
import { isObject } from '../json.js';
import { ledgerFromSections, toSections, type LedgerHome, type StoredSection } from './ledger.js';
import { isStoredSection } from './stored-section.js';

/** All stacks of a file: stack → section → what is stored. */
type StoredStacks = Readonly<Record<string, Readonly<Record<string, StoredSection>>>>;

/**
 * Keeps ledgers in a file of JSON, readable and sorted, so that it may be kept under version control. Written beside
 * first and then renamed, so that it is never half-written.
 */
export function fileLedger(path: string): LedgerHome {
  return {
    description: `the file ${path}`,
    remembers: true,
    read: async (stack) => ledgerFromSections(stack, await readStacks(path)),
    write: async (before, after) => {
      const sections = Object.fromEntries(toSections(after));
      if (JSON.stringify(sections) === JSON.stringify(Object.fromEntries(toSections(before)))) return;
      // Read again: another stack may have been written meanwhile.
      await writeStacks(path, { ...(await readStacks(path)), [after.stack]: sections });
    },
  };
}

/** No ledger at all: nothing is remembered, so nothing is ever deleted. */
export const noLedger: LedgerHome = {
  description: 'nowhere',
  remembers: false,
  read: (stack) => Promise.resolve(ledgerFromSections(stack, {})),
  write: () => Promise.resolve(),
};

async function readStacks(path: string): Promise<StoredStacks> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new UsageError(`cannot read the ledger ${path}: ${messageOf(error)}`);
  }
  try {
    const stored: unknown = JSON.parse(text);
    if (isObject(stored) && stored.version === 1 && isStoredStacks(stored.stacks)) return stored.stacks;
  } catch {
    // Told below, with all else that is no ledger.
  }
  throw new RefusedError(
    `the file ${path} is no ledger of this version of logto-iac`,
    [],
    'restore it from version control or a backup, or name another file; without it the stack does not know what it owns',
  );
}

const isStoredStacks = (value: unknown): value is StoredStacks =>
  isObject(value) &&
  Object.values(value).every(
    (sections) => isObject(sections) && Object.values(sections).every(isStoredSection),
  );

async function writeStacks(path: string, stacks: StoredStacks): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(beside, `${JSON.stringify({ version: 1, stacks }, null, 1)}\n`);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw new UsageError(`cannot write the ledger ${path}: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
