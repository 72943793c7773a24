import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError, RefusedError } from '../errors.js';
import { textOf } from '../json.js';
import { lockIndicatorPrefix } from '../kinds/api-resource.js';
import { asList, asTenantObject, pathSegment } from '../kinds/endpoints.js';
import type { ReadApi, WriteApi } from '../management-api/api.js';
import { describeHolder, holderFromText, isDead, thisHolder, type Holder } from './lock-holder.js';

export interface LockOptions {
  /** How long to wait for a lock that somebody else holds; 0 refuses at once. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
  /** Told of a lock that was broken, waited for, or could not be released. */
  readonly onNotice?: (text: string) => void;
}

/** The lock of a stack, as the tenant holds it. */
export interface HeldLock {
  readonly id: string;
  readonly holder: Holder;
}

const path = '/api/resources';
const pollMilliseconds = 1000;
const attempts = 5;

/**
 * Runs while this process holds the lock of a stack. Logto has no compare-and-swap, but keeps resource indicators
 * unique: creating the API resource `urn:logto-iac:lock:<stack>` succeeds for one and fails for all others (of 20 at
 * once one gets 201, the others 422 or 500). The lock is released at the end, whatever happens.
 *
 * @throws {RefusedError} somebody else holds the lock
 */
export async function withLock<T>(
  { read, write }: { readonly read: ReadApi; readonly write: WriteApi },
  stack: string,
  options: LockOptions,
  run: () => Promise<T>,
): Promise<T> {
  const id = await acquire(read, write, stack, options);
  try {
    return await run();
  } finally {
    await release(write, id).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      options.onNotice?.(
        `the lock could not be released (${reason}); \`logto-iac unlock --stack ${stack}\` does it`,
      );
    });
  }
}

/** A refusal such as 500 is no reason to leave it behind: this process may live on, and nobody else may break it. */
async function release(write: WriteApi, id: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await write.delete(`${path}/${pathSegment(id)}`);
      return;
    } catch (error) {
      // What got no answer at all has been repeated already.
      const isAnswered = error instanceof ApiError && error.status >= 500;
      if (!isAnswered || attempt === attempts) throw error;
    }
  }
}

/** The lock of a stack, or undefined when nobody holds it. */
export async function findLock(read: ReadApi, stack: string): Promise<HeldLock | undefined> {
  const resources = asList(await read.get(path)).map(asTenantObject);
  const lock = resources.find(({ fields }) => fields.indicator === lockIndicatorPrefix + stack);
  return lock && { id: lock.id, holder: holderFromText(textOf(lock.fields.name)) };
}

/** Takes a lock away from whoever holds it. */
export const breakLock = (write: WriteApi, lock: HeldLock): Promise<void> =>
  write.delete(`${path}/${pathSegment(lock.id)}`);

async function acquire(read: ReadApi, write: WriteApi, stack: string, options: LockOptions): Promise<string> {
  const { waitSeconds = 0, signal, onNotice } = options;
  const deadline = Date.now() + waitSeconds * 1000;
  const holder = thisHolder(randomUUID());
  let failures = 0;
  for (;;) {
    const made = await tryToCreate(write, stack, holder);
    if (typeof made === 'string') return made;
    const lock = await findLock(read, stack);
    if (lock?.holder.nonce === holder.nonce) return lock.id;
    if (!lock) {
      // Racing creations may all be told no, and whoever held the lock may have released it just now.
      failures += 1;
      if (failures === attempts) throw made;
    } else if (isDead(lock.holder)) {
      onNotice?.(`the lock was left behind by ${describeHolder(lock.holder)}, which no longer runs: broken`);
      await breakLock(write, lock);
    } else if (Date.now() >= deadline || signal?.aborted) {
      throw isHeld(stack, lock);
    } else {
      onNotice?.(`waiting for the lock, which is held by ${describeHolder(lock.holder)}`);
      await wait(Math.min(pollMilliseconds, deadline - Date.now()), undefined, signal && { signal }).catch(
        () => {
          throw isHeld(stack, lock);
        },
      );
    }
  }
}

/** The id of the lock, or why it was not created; what is no matter of the lock is thrown. */
async function tryToCreate(write: WriteApi, stack: string, holder: Holder): Promise<string | ApiError> {
  try {
    const made = await write.post(path, {
      name: `logto-iac lock: ${describeHolder(holder)} ${JSON.stringify(holder)}`,
      indicator: lockIndicatorPrefix + stack,
    });
    return asTenantObject(made).id;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.uncertain || error.code === 'resource.resource_identifier_in_use') return error;
    if (error.status !== 403) throw error;
    throw new RefusedError(
      `the lock, an API resource of its own, cannot be created: ${error.message}`,
      [],
      'where the plan of the tenant has no room for one more API resource, pass --no-lock',
    );
  }
}

const isHeld = (stack: string, { holder }: HeldLock): RefusedError =>
  new RefusedError(
    `the stack "${stack}" is locked by ${describeHolder(holder)}`,
    [],
    `wait for it (--lock-timeout SECONDS), or break the lock if nobody is at work: logto-iac unlock --stack ${stack}`,
  );
