import { parentAddress } from '../address.js';
import { kindOfAddress } from '../kinds/index.js';
import { isChild } from '../kinds/identity.js';
import type { Kind } from '../kinds/kind.js';
import { idOutput, type Output } from '../kinds/output.js';
import { declaredAddress } from '../state/generations.js';
import type { Ledger } from '../state/ledger.js';
import type { Available, TenantSource } from './value.js';

/** What can be handed on of the tenant itself: what every application that signs users in has to know. */
const tenantValues: Readonly<Record<string, TenantSource['read']>> = {
  endpoint: ({ endpoint }) => endpoint,
  issuer: ({ issuer }) => issuer,
  jwksUri: ({ jwksUri }) => jwksUri,
};

/** Everything that can be handed on: of the tenant, and of each resource that the stack owns, in the order of addresses. */
export function availableValues(ledger: Ledger): readonly Available[] {
  const ofTenant = Object.entries(tenantValues).map(([name, read]): Available => {
    const source = { of: 'tenant' as const, read };
    return { place: `tenant.${name}`, section: 'tenant', address: 'tenant', isSecret: false, source };
  });
  const owned = ownedIds(ledger);
  const addresses = [...owned.keys()].sort();
  return [...ofTenant, ...addresses.flatMap((address) => valuesOf(address, owned))];
}

/** By the address that is declared: the id, and those of what has followed it in rotation, as one thing. */
type OwnedIds = ReadonlyMap<string, readonly string[]>;

function ownedIds(ledger: Ledger): OwnedIds {
  const owned = new Map<string, readonly string[]>();
  for (const [address, { id, generation }] of ledger.entries) {
    const declared = generation ? declaredAddress(address).base : address;
    owned.set(declared, [...(owned.get(declared) ?? []), id]);
  }
  return owned;
}

function valuesOf(address: string, owned: OwnedIds): readonly Available[] {
  const kind = kindOfAddress(address);
  if (!kind) return [];
  const ids = owned.get(address) ?? [];
  const [id] = isChild(kind) ? (owned.get(parentAddress(address)) ?? []) : ids;
  if (id === undefined) return [];
  const section = kind.name.split('.')[0] ?? kind.name;
  const children = isChild(kind) ? ids : childrenOf(address, owned);
  return Object.entries(outputsOf(kind)).map(([name, output]) => ({
    place: `${address}.${name}`,
    section,
    address,
    isSecret: output.isSecret ?? false,
    source: { of: 'object', id, children, output },
  }));
}

/** What there is one of has no id of its own, and neither has a link. */
function outputsOf(kind: Kind): Readonly<Record<string, Output>> {
  if (kind.outputs) return kind.outputs;
  return kind.singleton || kind.link || isChild(kind) ? {} : { id: idOutput };
}

const childrenOf = (address: string, owned: OwnedIds): readonly string[] =>
  [...owned]
    .filter(([other]) => other !== address && parentAddress(other) === address)
    .flatMap(([, ids]) => ids);
