import { ApiError } from '../errors.js';
import { kinds } from '../kinds/index.js';
import { orGone } from '../kinds/endpoints.js';
import { isUnencrypted } from '../management-api/endpoint.js';
import { missingScope } from '../management-api/explain-token-refusal.js';
import type { Session } from '../reconcile.js';
import { describeHolder, isDead } from '../state/lock-holder.js';
import { findLock } from '../state/lock.js';
import type { Examination, Found, Result } from './checks.js';
import { compareClocks } from './clock.js';
import { checkOffered } from './offered-sections.js';

/** What the manifest says, as far as it could be read. */
export interface Declared {
  readonly stack: string;
  /** Its sections. */
  readonly sections: ReadonlySet<string>;
}

/** What there is to connect with. */
export interface Access {
  /** Fails without an endpoint, or with one that is no address. */
  readonly session: Result<Session>;
  /** Fails where something else is missing. */
  readonly settings: Result<unknown>;
}

/** Everything that can be found out about a tenant without changing it, one thing after the other. */
export async function examineTenant(
  examination: Examination,
  { session, settings }: Access,
  declared: Result<Declared>,
): Promise<void> {
  const check: Examination['check'] = (...given) => examination.check(...given);
  const open = (): Session => valueOf(session);
  const readings = { askedAt: 0, answeredAt: 0 };
  const server = await check('endpoint', [session], async () => {
    readings.askedAt = Date.now();
    const discovery = await open().tenant.discover();
    readings.answeredAt = Date.now();
    return { value: discovery, ...reached(open().tenant.endpoint) };
  });
  await check('issuer', [server], () => ({
    value: undefined,
    ...ownName(valueOf(server).endpoint, open().tenant.endpoint),
  }));
  await check('clock', [server], () =>
    compareClocks({ ...readings, serverTime: open().tenant.serverTime()?.getTime() }),
  );
  const signedIn = await check('credentials', [server, settings], async () => {
    const scopes = await open().tenant.signIn();
    return { value: scopes, message: `application ${open().ownApplicationId} signs in` };
  });
  const permitted = await check('permission', [signedIn], () => checkPermission(open(), valueOf(signedIn)));
  await check('role', [permitted], () => checkRole(open()));
  await check('version', [permitted], () =>
    checkOffered(open().tenant.read, 'value' in declared ? declared.value.sections : new Set()),
  );
  const ledgerNeeds = [
    session,
    declared,
    ...('value' in session && inTenant(session.value) ? [permitted] : []),
  ];
  await check('ledger', ledgerNeeds, () => checkLedger(open(), valueOf(declared).stack));
  await check('lock', [permitted, declared], () => checkLock(open(), valueOf(declared).stack));
}

/** What a check stands on has been found when it runs. */
function valueOf<T>(result: Result<T>): T {
  if ('value' in result) return result.value;
  throw new Error(`${result.lackingBecause} has to be checked first`);
}

const inTenant = ({ home }: Session): boolean => home.applicationId !== undefined;

function reached(endpoint: string): Pick<Found<unknown>, 'message' | 'remedy'> {
  const message = `${endpoint} answers as Logto does`;
  if (!isUnencrypted(new URL(endpoint))) return { message };
  return {
    message: `${message}, without encryption`,
    remedy: 'the secret and the tokens can be read on their way: use https',
  };
}

function ownName(name: string, endpoint: string): Pick<Found<unknown>, 'message' | 'remedy'> {
  if (name === endpoint) return { message: 'it goes by that address itself' };
  return {
    message: `it goes by another address: ${name}`,
    remedy: 'use that one as the endpoint, unless it cannot be reached from here',
  };
}

function checkPermission(
  { tenant: { resource }, ownApplicationId: appId }: Session,
  scopes: readonly string[],
): Found<undefined> {
  if (scopes.includes('all')) return { value: undefined, message: `permission "all" on ${resource}` };
  const { message, hint } = missingScope({ appId, resource });
  throw new ApiError(message, { request: 'POST /oidc/token', status: 200, hint });
}

/** The roles of the application that the run signs in with. */
async function checkRole({ tenant: { read }, ownApplicationId: id }: Session): Promise<Found<undefined>> {
  const relations = kinds
    .filter(({ holdsCredentials }) => holdsCredentials)
    .flatMap((kind) => Object.values(kind.relations ?? {}));
  const links = await orGone(() => Promise.all(relations.map((relation) => relation.readOne(read, id))));
  if (!links) {
    return {
      value: undefined,
      message: `application ${id} belongs to another tenant, which holds its roles`,
    };
  }
  const names = links.flat().map(({ name }) => JSON.stringify(name));
  return { value: undefined, message: `roles of the application: ${names.join(', ')}` };
}

async function checkLedger({ home }: Session, stack: string): Promise<Found<undefined>> {
  if (!home.remembers) {
    return {
      value: undefined,
      message: 'there is none: nothing is remembered, and nothing is ever deleted',
      remedy: 'take --ledger none out, unless that is what you want',
    };
  }
  const { entries, intents } = await home.read(stack);
  const owns = `the stack "${stack}" owns ${entries.size === 1 ? '1 object' : `${entries.size} objects`}`;
  if (intents.size === 0) return { value: undefined, message: `${owns}; kept in ${home.description}` };
  return {
    value: undefined,
    message: `${owns}, and an apply ended before it wrote down what it made of ${[...intents.keys()].join(', ')}`,
    remedy: 'apply again: it finds out',
  };
}

async function checkLock({ tenant: { read } }: Session, stack: string): Promise<Found<undefined>> {
  const lock = await findLock(read, stack);
  if (!lock) return { value: undefined, message: `the stack "${stack}" is not locked` };
  const holder = describeHolder(lock.holder);
  return isDead(lock.holder)
    ? {
        value: undefined,
        message: `left behind by ${holder}, which no longer runs`,
        remedy: `the next apply breaks it; so does logto-iac unlock --stack ${stack}`,
      }
    : {
        value: undefined,
        message: `held by ${holder}`,
        remedy: `wait; if nobody is at work, logto-iac unlock --stack ${stack}`,
      };
}
