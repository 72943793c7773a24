import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { isObject } from '../json.js';

/** Who holds a lock. */
export interface Holder {
  readonly user: string;
  readonly host: string;
  readonly process: number;
  /** ISO 8601. */
  readonly since: string;
  /** Tells machines, restarts of a machine, and containers with the same host name apart. */
  readonly machine: string;
  /** Of this very attempt, so that one knows one's own lock after an answer that was lost. */
  readonly nonce: string;
}

/** This process. */
export function thisHolder(nonce: string): Holder {
  return {
    user: userName(),
    host: hostname(),
    process: process.pid,
    since: new Date().toISOString(),
    machine: thisMachine(),
    nonce,
  };
}

/** What the name of a lock says; unknown where somebody else wrote it. */
export function holderFromText(text: string): Holder {
  const unknown = { user: 'somebody', host: 'unknown', process: 0, since: 'unknown', machine: '', nonce: '' };
  try {
    const holder: unknown = JSON.parse(text.slice(text.indexOf('{')));
    return isObject(holder) ? { ...unknown, ...(holder as Partial<Holder>) } : unknown;
  } catch {
    return unknown;
  }
}

export const describeHolder = ({ user, host, process: id, since }: Holder): string =>
  `${user}@${host}, process ${id}, since ${since}`;

/** Whether the holder certainly runs no more: a process of this machine that does not exist. */
export function isDead(holder: Holder): boolean {
  if (holder.machine !== thisMachine() || holder.process <= 0) return false;
  try {
    process.kill(holder.process, 0);
    return false;
  } catch (error) {
    // EPERM: it runs, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return 'somebody';
  }
}

/** Process numbers mean something only within one boot of one machine, and one container. */
function thisMachine(): string {
  const boot = orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const processNamespace = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  const identity = JSON.stringify([hostname(), boot.trim(), processNamespace]);
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}

function orEmpty(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
