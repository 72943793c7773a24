import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../../errors.js';
import { isObject } from '../../json.js';
import { count } from '../../render/count.js';
import {
  ledgerFromSections,
  makeLedger,
  toSections,
  type Ledger,
  type StoredSection,
} from '../../state/ledger.js';
import { confirm } from '../confirm.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import type { ManifestFlags, TenantFlags } from '../options.js';
import { printJson } from '../output-format.js';
import { withSession } from '../with-session.js';
import { stackName } from './unlock.js';

interface LedgerFlags extends ManifestFlags, TenantFlags {
  readonly yes?: boolean;
}

/** Shows which address owns which object. */
export async function show(flags: LedgerFlags): Promise<ExitCode> {
  return withLedger(flags, (ledger, description) => {
    const width = Math.max(0, ...[...ledger.entries.keys()].map(({ length }) => length));
    const lines = [...ledger.entries]
      .sort(byAddress)
      .map(([address, { id, source, adopted, protect, release }]) => {
        const notes = [
          source,
          adopted && 'adopted',
          protect && 'protected',
          release && 'released when removed',
        ];
        return `${address.padEnd(width)}  ${id}  ${notes.filter(Boolean).join(', ')}`.trimEnd();
      });
    const announced = [...ledger.intents.keys()].map(
      (address) => `${address.padEnd(width)}  (announced, not finished)`,
    );
    process.stdout.write(
      [
        `The stack "${ledger.stack}" owns ${count(ledger.entries.size, 'object')}; kept in ${description}.`,
        ...lines,
        ...announced,
        '',
      ].join('\n'),
    );
    return Promise.resolve();
  });
}

const byAddress = ([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number =>
  left < right ? -1 : 1;

/** Prints the ledger, for `ledger import`. */
export async function exportLedger(flags: LedgerFlags): Promise<ExitCode> {
  return withLedger(flags, (ledger) => {
    printJson({ version: 1, stack: ledger.stack, sections: Object.fromEntries(toSections(ledger)) });
    return Promise.resolve();
  });
}

/** Puts an exported ledger in the place of the one that there is. */
export async function importLedger(flags: LedgerFlags, path = '-'): Promise<ExitCode> {
  const imported = await readExported(path);
  return withLedger({ stack: imported.stack, ...flags }, async (ledger, _description, write) => {
    if (imported.stack !== ledger.stack) {
      throw new UsageError(
        `${path} is the ledger of the stack "${imported.stack}", not of "${ledger.stack}"`,
      );
    }
    const question = `Put ${imported.entries.size} entries in the place of the ${ledger.entries.size} that are there?`;
    if (!flags.yes && !process.stdin.isTTY) throw new UsageError('there is nobody to ask', 'pass --yes');
    if (!flags.yes && !(await confirm(question))) return;
    await write(makeLedger(ledger.stack, imported.entries, imported.intents, ledger.foreign));
    process.stdout.write(`The stack "${ledger.stack}" owns ${count(imported.entries.size, 'object')}.\n`);
  });
}

type Work = (ledger: Ledger, description: string, write: (after: Ledger) => Promise<void>) => Promise<void>;

async function withLedger(flags: LedgerFlags, work: Work): Promise<ExitCode> {
  const stack = await stackName(flags);
  return withSession(flags, async ({ home }, progress) => {
    const ledger = await home.read(stack);
    progress.pause();
    await work(ledger, home.description, (after) => home.write(ledger, after));
    return exitCode.done;
  });
}

/** @throws {UsageError} the file is no exported ledger */
async function readExported(path: string): Promise<Ledger> {
  try {
    const exported: unknown = JSON.parse(
      path === '-' ? await text(process.stdin) : await readFile(path, 'utf8'),
    );
    if (
      isObject(exported) &&
      exported.version === 1 &&
      typeof exported.stack === 'string' &&
      isObject(exported.sections)
    ) {
      const sections = exported.sections as Readonly<Record<string, StoredSection>>;
      return ledgerFromSections(exported.stack, { [exported.stack]: sections });
    }
  } catch (cause) {
    throw new UsageError(
      `cannot read the ledger ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
  throw new UsageError(`${path} is no exported ledger`, 'make one with `logto-iac ledger export`');
}
