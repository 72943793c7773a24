import type { Output } from '../kinds/output.js';
import type { Discovery } from '../management-api/discovery.js';

/** Something that can be handed on, not read yet. */
export interface Available {
  /** Its address: that of the resource, and the name of the value (`applications.worker.clientId`). */
  readonly place: string;
  /** The section of the manifest that it belongs to, or `tenant`. */
  readonly section: string;
  /** The resource that it belongs to, or `tenant`. */
  readonly address: string;
  readonly isSecret: boolean;
  readonly source: TenantSource | ObjectSource;
}

/** Of the tenant as a whole. */
export interface TenantSource {
  readonly of: 'tenant';
  readonly read: (discovery: Discovery) => string;
}

/** Of an object that the stack owns. */
export interface ObjectSource {
  readonly of: 'object';
  readonly id: string;
  /** Ids of its children that the stack owns, or of a child itself and what follows it. */
  readonly children: readonly string[];
  readonly output: Output;
}

/** A value with the name of its variable, not read yet. */
export interface Named extends Available {
  readonly variable: string;
  /** What of it somebody asked for by its name, so that it must not be left out. */
  readonly asked: Asked;
}

/** The value itself, the resource with all that it has, or neither. */
export type Asked = 'value' | 'resource' | 'no';

/** What is handed on. */
export interface OutputValue {
  readonly variable: string;
  readonly place: string;
  readonly isSecret: boolean;
  readonly value: string;
}
