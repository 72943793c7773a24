import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RefusedError } from '../errors.js';
import { asList, asTenantObject } from '../kinds/endpoints.js';
import { isObject, objectOrEmpty, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import {
  ledgerFromSections,
  makeLedger,
  toSections,
  type Ledger,
  type LedgerHome,
  type StoredSection,
} from './ledger.js';
import { isStoredSection } from './stored-section.js';

const prefix = 'logto-iac/';
const formatVersion = 1;

/** Whether a key of the custom data of an application holds a part of a ledger. */
export const isLedgerKey = (key: string): boolean => key.startsWith(prefix);

/**
 * Keeps ledgers in the custom data of a machine-to-machine application, by default the one that this run signs in with:
 * one top-level key `logto-iac/<stack>/<section>` each. Logto merges custom data by top-level key (PATCH
 * /applications/{id}/custom-data is `existing || new` in Postgres), so stacks and sections do not overwrite each other.
 */
export function tenantLedger(api: ReadApi, writeApi: () => WriteApi, applicationId: string): LedgerHome {
  const path = `/api/applications/${encodeURIComponent(applicationId)}`;
  return {
    description: `the custom data of application ${applicationId}`,
    remembers: true,
    applicationId,
    read: async (stack) => decodeLedgers(await readCustomData(api, applicationId), applicationId, stack),
    write: async (before, after) => {
      const changed = changedKeys(before, after);
      refuseTooLarge(changed);
      if (Object.keys(changed).length > 0) await writeApi().patch(`${path}/custom-data`, changed);
    },
  };
}

/**
 * The custom data of every machine-to-machine application, by its id: what other applications keep there belongs to
 * somebody who signs in as another one.
 */
async function readCustomData(api: ReadApi, applicationId: string): Promise<ReadonlyMap<string, JsonObject>> {
  const applications = asList(await api.get('/api/applications', { types: 'MachineToMachine' })).map(
    asTenantObject,
  );
  const customData = applications.map(({ id, fields }) => [id, objectOrEmpty(fields.customData)] as const);
  if (applications.some(({ id }) => id === applicationId)) return new Map(customData);
  throw new RefusedError(
    `the ledger has no home: there is no machine-to-machine application ${applicationId} in this tenant`,
    [],
    'sign in with an application of the tenant that you want to configure, name one that keeps the ledger (--ledger-application ID), or keep it in a file (--ledger file:PATH) or not at all (--ledger none: then nothing is ever deleted)',
  );
}

/** The keys of custom data to write, so that what was `before` becomes `after`. A section without content becomes null. */
function changedKeys(before: Ledger, after: Ledger): JsonObject {
  const old = toSections(before);
  const sections = toSections(after);
  const changed: Record<string, Json> = {};
  for (const name of new Set([...old.keys(), ...sections.keys()])) {
    const section = sections.get(name);
    if (JSON.stringify(old.get(name)) === JSON.stringify(section)) continue;
    changed[`${prefix}${after.stack}/${name}`] = section ? encodeSection(section) : null;
  }
  return changed;
}

/** Logto takes requests of 1 MiB, and answers 404 to larger ones; some room is left for what surrounds the sections. */
const maxCharacters = 1_040_000;

function refuseTooLarge(changed: JsonObject): void {
  const size = JSON.stringify(changed).length;
  if (size <= maxCharacters) return;
  throw new RefusedError(
    `the ledger would be ${size} characters; the custom data of an application takes ${maxCharacters} in a request`,
    [],
    'divide the manifest into several stacks, or keep the ledger in a file: --ledger file:PATH',
  );
}

const encodeSection = (section: StoredSection): JsonObject => ({
  version: formatVersion,
  data: deflateRawSync(JSON.stringify(section)).toString('base64'),
});

function decodeLedgers(
  customData: ReadonlyMap<string, JsonObject>,
  applicationId: string,
  stack: string,
): Ledger {
  const own = decodeStacks(customData.get(applicationId) ?? {});
  const { entries, intents, foreign: ofOthers } = ledgerFromSections(stack, own);
  const foreign = new Map(ofOthers);
  for (const [id, data] of customData) {
    if (id === applicationId) continue;
    for (const [owner, sections] of Object.entries(decodeStacks(data))) {
      const kept = ledgerFromSections(owner, { [owner]: sections });
      for (const ownedId of kept.owned.keys()) foreign.set(ownedId, { stack: owner, applicationId: id });
    }
  }
  return makeLedger(stack, entries, intents, foreign);
}

type Stacks = Record<string, Record<string, StoredSection>>;

function decodeStacks(customData: JsonObject): Stacks {
  const stacks: Stacks = {};
  for (const [key, value] of Object.entries(customData)) {
    if (!isLedgerKey(key) || value === null) continue;
    const [owner, section] = [
      key.slice(prefix.length, key.lastIndexOf('/')),
      key.slice(key.lastIndexOf('/') + 1),
    ];
    stacks[owner] = { ...stacks[owner], [section]: decodeSection(key, value) };
  }
  return stacks;
}

function decodeSection(key: string, value: Json): StoredSection {
  try {
    if (!isObject(value) || typeof value.data !== 'string')
      throw new Error('it holds something else than a ledger');
    if (value.version !== formatVersion) throw new Error(`it has format ${JSON.stringify(value.version)}`);
    const section: unknown = JSON.parse(inflateRawSync(Buffer.from(value.data, 'base64')).toString('utf8'));
    if (!isStoredSection(section)) throw new Error('it holds something else than a ledger');
    return section;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RefusedError(
      `the ledger in the custom data key "${key}" cannot be read: ${reason}`,
      [],
      'it was written by a newer version of logto-iac, or changed by hand; use that version, or restore the key',
    );
  }
}
