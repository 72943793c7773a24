import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { ReadApi } from '../management-api/api.js';
import { asList, asObject, orGone, pathSegment } from './endpoints.js';
import type { TenantObject } from './kind.js';
import { looksSecret } from './secret-names.js';

/** What the server says of a factory: what sort of connectors it makes, and which of their settings may be shown. */
export interface Factory {
  readonly type: 'Email' | 'Sms' | 'Social';
  /** Connectors have a target, a name and logos of their own. */
  readonly isStandard: boolean;
  readonly target: string;
  readonly publicKeys: readonly string[];
}

/** By connectorId. A factory that the server does not have is not in it. */
export type Catalogue = Readonly<Record<string, Factory>>;

/**
 * Reads what the server says of the factories of these connectors; those of connectors that are there come with them.
 */
export async function readCatalogue(
  api: ReadApi,
  resources: readonly JsonObject[],
  objects: readonly TenantObject[],
): Promise<Json> {
  const known = new Map(objects.map(({ fields }) => [textOf(fields.connectorId), asFactory(fields)]));
  const unknown = [...new Set(resources.map(({ connectorId }) => textOf(connectorId)))].filter(
    (id) => !known.has(id),
  );
  await Promise.all(
    unknown.map(async (id) => {
      const found = await orGone(() => api.get(`/api/connector-factories/${pathSegment(id)}`));
      if (found !== undefined) known.set(id, asFactory(asObject(found)));
    }),
  );
  return Object.fromEntries(known) as unknown as JsonObject;
}

export const asCatalogue = (value: Json): Catalogue => value as unknown as Catalogue;

function asFactory({ type, isStandard, target, formItems }: JsonObject): Factory {
  return {
    type: textOf(type) as Factory['type'],
    isStandard: isStandard === true,
    target: textOf(target),
    publicKeys: asList(formItems ?? [])
      .map(asObject)
      .filter(isPublicItem)
      .map(({ key }) => textOf(key)),
  };
}

/** Texts that users see, and how a profile is read: JSON that holds no secret. */
const publicJson = ['templates', 'deliveries', 'profileMap'];

/** What the server calls confidential is hidden, and what looks so: few factories say it. Other JSON may hold anything. */
function isPublicItem({ key, type, isConfidential }: JsonObject): boolean {
  const name = textOf(key);
  if (isConfidential === true) return false;
  if (type === 'Json') return publicJson.includes(name);
  return type === 'Switch' || type === 'Select' || type === 'Number' || !looksSecret(name);
}

/** Whether a value below `config` may be shown: never, where the server does not say what it is. */
export function isPublicSetting(
  path: readonly string[],
  { connectorId }: JsonObject,
  catalogue: Json,
): boolean {
  const [section, key = ''] = path;
  const factory = isObject(catalogue) ? asCatalogue(catalogue)[textOf(connectorId)] : undefined;
  return section === 'config' && factory?.publicKeys.includes(key) === true;
}
