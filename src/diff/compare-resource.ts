import { formatAddress } from '../address.js';
import type { ExportedResource } from '../export/exported.js';
import { compareFields, showFields } from './compare-fields.js';
import type { FieldDifference, ResourceDifference, SecretDifference } from './comparison.js';
import type { DescribedTenant } from './described-tenant.js';
import type { Both } from './match-objects.js';

/** One resource of either tenant, or of both. */
export interface ResourcePair {
  readonly from: ExportedResource | undefined;
  readonly to: ExportedResource | undefined;
}

export interface ComparedResource {
  /** Absent where it is the same in both. */
  readonly difference?: ResourceDifference;
  /** Secrets that both have, and that are not the same. */
  readonly secrets: readonly SecretDifference[];
}

/**
 * Compares one resource.
 *
 * @param secretsCount whether secrets that differ are a difference too
 */
export function compareResource(
  { from, to }: ResourcePair,
  tenants: Both<DescribedTenant>,
  secretsCount: boolean,
): ComparedResource {
  const secrets = [...tenants.from.secrets, ...tenants.to.secrets];
  if (from && to) {
    const address = formatAddress(to.path);
    const reading = {
      from: { ...tenants.from.readingOf(from), secrets },
      to: { ...tenants.to.readingOf(to), secrets },
    };
    const found = compareFields(to.kind, { from: from.spec, to: to.spec }, reading);
    const isSecret = ({ sensitive }: FieldDifference): boolean => sensitive === true;
    const fields = secretsCount ? found : found.filter((field) => !isSecret(field));
    const ids = { fromId: from.object.id, toId: to.object.id };
    return {
      ...(fields.length > 0 && { difference: { type: 'different', address, ...ids, fields } }),
      secrets: found.filter(isSecret).map(({ path }) => ({ address, path })),
    };
  }
  const [side, resource] = from ? (['from', from] as const) : (['to', to] as const);
  if (!resource) return { secrets: [] };
  const reading = { ...tenants[side].readingOf(resource), secrets };
  return {
    difference: {
      type: side === 'from' ? 'only-in-from' : 'only-in-to',
      address: formatAddress(resource.path),
      [side === 'from' ? 'fromId' : 'toId']: resource.object.id,
      fields: showFields(resource.kind, resource.spec, side, reading),
    },
    secrets: [],
  };
}
