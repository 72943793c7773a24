import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ApiError, RefusedError } from '../errors.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import {
  makeLedger,
  readSection,
  toSections,
  type Intent,
  type Ledger,
  type LedgerEntry,
  type LedgerHome,
  type StoredSection,
} from './ledger.js';

const prefix = 'logto-iac/';
const formatVersion = 1;

/**
 * Keeps ledgers in the custom data of a machine-to-machine application, by default the one that this run signs in with:
 * one top-level key `logto-iac/<stack>/<section>` each. Logto merges custom data by top-level key (PATCH
 * /applications/{id}/custom-data is `existing || new` in Postgres), so stacks and sections do not overwrite each other.
 */
export function tenantLedger(api: ReadApi, writeApi: () => WriteApi, applicationId: string): LedgerHome {
  const path = `/api/applications/${encodeURIComponent(applicationId)}`;
  return {
    description: `the custom data of application ${applicationId}`,
    read: async (stack) => decodeLedgers(await readCustomData(api, path, applicationId), stack),
    write: async (before, after) => {
      const changed = changedKeys(before, after);
      if (Object.keys(changed).length > 0) await writeApi().patch(`${path}/custom-data`, changed);
    },
  };
}

async function readCustomData(api: ReadApi, path: string, applicationId: string): Promise<JsonObject> {
  try {
    const application = await api.get(path);
    if (isObject(application) && isObject(application.customData)) return application.customData;
    return {};
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    throw new RefusedError(
      `the ledger has no home: application ${applicationId}, which this run signs in with, is not in this tenant`,
      [],
      'sign in with a machine-to-machine application of the tenant that you want to configure',
    );
  }
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

const encodeSection = (section: StoredSection): JsonObject => ({
  version: formatVersion,
  data: deflateRawSync(JSON.stringify(section)).toString('base64'),
});

function decodeLedgers(customData: JsonObject, stack: string): Ledger {
  const entries = new Map<string, LedgerEntry>();
  const intents = new Map<string, Intent>();
  const foreign = new Map<string, string>();
  for (const [key, value] of Object.entries(customData)) {
    if (!key.startsWith(prefix) || value === null) continue;
    const owner = key.slice(prefix.length, key.lastIndexOf('/'));
    const section = readSection(decodeSection(key, value));
    if (owner === stack) {
      for (const [address, entry] of section.entries) entries.set(address, entry);
      for (const [address, intent] of section.intents) intents.set(address, intent);
    } else {
      for (const entry of section.entries.values()) foreign.set(entry.id, owner);
    }
  }
  return makeLedger(stack, entries, intents, foreign);
}

function decodeSection(key: string, value: Json): StoredSection {
  try {
    if (!isObject(value) || typeof value.data !== 'string')
      throw new Error('it holds something else than a ledger');
    if (value.version !== formatVersion) throw new Error(`it has format ${JSON.stringify(value.version)}`);
    return JSON.parse(inflateRawSync(Buffer.from(value.data, 'base64')).toString('utf8')) as StoredSection;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RefusedError(
      `the ledger in the custom data key "${key}" cannot be read: ${reason}`,
      [],
      'it was written by a newer version of logto-iac, or changed by hand; use that version, or restore the key',
    );
  }
}
