import { formatAddress, parseAddress } from '../address.js';
import { kindOfAddress } from '../kinds/index.js';
import { isChild } from '../kinds/identity.js';
import type { Kind } from '../kinds/kind.js';
import { idOutput, type Output } from '../kinds/output.js';
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
  const addresses = [...ledger.entries.keys()].sort();
  return [...ofTenant, ...addresses.flatMap((address) => valuesOf(address, ledger))];
}

function valuesOf(address: string, ledger: Ledger): readonly Available[] {
  const kind = kindOfAddress(address);
  const id = ledger.entries.get(address)?.id;
  if (!kind || id === undefined) return [];
  const section = kind.name.split('.')[0] ?? kind.name;
  const parent = isChild(kind) ? ledger.entries.get(parentOf(address))?.id : id;
  if (parent === undefined) return [];
  const children = isChild(kind) ? [id] : childrenOf(address, ledger);
  return Object.entries(outputsOf(kind)).map(([name, output]) => ({
    place: `${address}.${name}`,
    section,
    address,
    isSecret: output.isSecret ?? false,
    source: { of: 'object', id: parent, children, output },
  }));
}

/** What there is one of has no id of its own, and neither has a link. */
function outputsOf(kind: Kind): Readonly<Record<string, Output>> {
  if (kind.outputs) return kind.outputs;
  return kind.singleton || kind.link || isChild(kind) ? {} : { id: idOutput };
}

const parentOf = (address: string): string => formatAddress((parseAddress(address) ?? []).slice(0, 2));

function childrenOf(address: string, ledger: Ledger): readonly string[] {
  return [...ledger.entries]
    .filter(([other]) => other !== address && parentOf(other) === address)
    .map(([, { id }]) => id);
}
