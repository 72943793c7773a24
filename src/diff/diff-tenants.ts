import { ApiError } from '../errors.js';
import { readEverything } from '../export/read-everything.js';
import { exportScope } from '../export/scope.js';
import { kinds } from '../kinds/index.js';
import type { Session } from '../reconcile.js';
import { readUntouchables } from '../state/untouchable.js';
import type { Comparison } from './comparison.js';
import { compareTenants, type TenantRead } from './compare-tenants.js';
import { readLedgerNames } from './ledger-names.js';
import type { Both } from './match-objects.js';
import { translation } from './same-text.js';

export interface DiffOptions {
  /** Sections to compare; without it, all but users and custom domains. */
  readonly only?: readonly string[];
  /** `name~pattern`: objects that match in either tenant; several have to all. */
  readonly select?: readonly string[];
  /** Texts of the first tenant, and what stands for them in the second. */
  readonly sameTexts?: readonly (readonly [from: string, to: string])[];
  /** Let secrets that differ count; otherwise they are listed apart. */
  readonly secretsCount?: boolean;
}

/** A tenant to compare. */
export interface DiffedTenant {
  /** What messages call it: `dev`. */
  readonly name: string;
  readonly session: Pick<Session, 'ownApplicationId'> & {
    readonly tenant: Pick<Session['tenant'], 'read' | 'endpoint' | 'resource'>;
  };
}

/**
 * Reads two tenants and tells what is different between them. Sends nothing that writes.
 *
 * @throws {UsageError} a section or a filter is none
 * @throws {ApiError} a tenant could not be read; the message says which
 */
export async function diffTenants(
  tenants: Both<DiffedTenant>,
  options: DiffOptions = {},
): Promise<Comparison> {
  const { only, select, sameTexts = [], secretsCount = false } = options;
  const scope = scopeOf(only, select);
  const read = await bothOrNone({
    from: readTenant(tenants.from, scope.kinds),
    to: readTenant(tenants.to, scope.kinds),
  });
  const [from, to] = [tenants.from.session.tenant, tenants.to.session.tenant];
  const own = [
    [from.endpoint, to.endpoint],
    [from.resource, to.resource],
  ] as const;
  const comparison = compareTenants(
    { from: read.from.tenant, to: read.to.tenant },
    { scope, secretsCount, translate: translation([...own, ...sameTexts]) },
  );
  return {
    from: { name: tenants.from.name, endpoint: from.endpoint },
    to: { name: tenants.to.name, endpoint: to.endpoint },
    ...comparison,
    notes: [...read.from.notes, ...read.to.notes, ...comparison.notes],
  };
}

function scopeOf(only: DiffOptions['only'], select: DiffOptions['select']): ReturnType<typeof exportScope> {
  const scope = exportScope(only, select);
  if ((only ?? []).length > 0) return scope;
  const own = kinds.filter(({ isOfOneTenant }) => isOfOneTenant).map(({ name }) => name);
  return { ...scope, kinds: new Set([...scope.kinds].filter((name) => !own.includes(name))) };
}

interface ReadTenant {
  readonly tenant: TenantRead;
  readonly notes: readonly string[];
}

async function readTenant(
  { name, session: { tenant, ownApplicationId } }: DiffedTenant,
  kindNames: ReadonlySet<string>,
): Promise<ReadTenant> {
  try {
    const [everything, { names, failure }] = await Promise.all([
      readEverything(tenant.read, kindNames),
      readLedgerNames(tenant.read, ownApplicationId),
    ]);
    const untouchables = await readUntouchables(tenant.read, everything.lists, ownApplicationId);
    return {
      tenant: { name, everything, ledgerNames: names, isOurs: (id) => untouchables.has(id) },
      notes: failure === undefined ? [] : [`${name}: objects are matched without a ledger: ${failure}`],
    };
  } catch (error) {
    throw namedAfter(name, error);
  }
}

/** Both failures are told: whoever mends one should not meet the other afterwards. */
async function bothOrNone(reading: Both<Promise<ReadTenant>>): Promise<Both<ReadTenant>> {
  const [from, to] = await Promise.allSettled([reading.from, reading.to]);
  if (from.status === 'fulfilled' && to.status === 'fulfilled') return { from: from.value, to: to.value };
  const failures = [from, to].flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const [first, second] = failures;
  if (!(first instanceof ApiError && second instanceof ApiError)) throw first;
  const hints = [first.hint, second.hint].filter((hint) => hint !== undefined);
  throw reworded(first, `${first.message}\n${second.message}`, [...new Set(hints)].join('\n  '));
}

const namedAfter = (name: string, error: unknown): unknown =>
  error instanceof ApiError ? reworded(error, `${name}: ${error.message}`, error.hint) : error;

const reworded = ({ request, status, code, requestId }: ApiError, message: string, hint = ''): ApiError =>
  new ApiError(message, {
    request,
    status,
    code,
    ...(requestId !== undefined && { requestId }),
    ...(hint !== '' && { hint }),
  });
