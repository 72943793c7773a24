import type { ParsedUrlQuery } from 'node:querystring';

import type { z } from 'zod';

import type { Slice } from '../database/table.js';
import { Router } from '../http/router.js';
import type { Paging } from './page.js';

type Guard<Value> = z.ZodType<Value, z.ZodTypeDef, unknown>;

/** The names of a path's parameters: 'id' | 'scopeId' of '/roles/:id/scopes/:scopeId'. */
type ParameterOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterOf<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** What an endpoint accepts and answers; checked in the order of its fields, which is Logto's. */
export interface Contract<Query, Body> {
  /** What must hold before anything of the request is looked at. */
  readonly before?: (
    parameters: Readonly<Record<string, string>>,
    searchParameters: URLSearchParams,
  ) => Promise<void>;
  readonly paging?: Paging;
  readonly query?: Guard<Query>;
  readonly body?: Guard<Body>;
  /** Only what must not be any text. */
  readonly parameters?: Guard<object>;
  /** Takes what it does not know out of the answer, so that internal columns stay inside. */
  readonly response?: z.ZodTypeAny;
  /** Of a success; 200 unless the endpoint says otherwise. */
  readonly status?: number;
  /** Answers without a token. */
  readonly isAnonymous?: boolean;
}

/** One request as a handler sees it: everything is parsed. */
export interface Call<Parameter extends string, Query, Body> {
  readonly parameters: Readonly<Record<Parameter, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The page that was asked for; undefined when the list is not paged. */
  readonly slice: Slice | undefined;
  readonly searchParameters: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of a paged list: how many rows there are on all pages. */
  readonly setTotal: (total: number) => void;
  readonly setStatus: (status: number) => void;
}

/** Returns the body of the answer; undefined for an answer without one. */
export type Handler<Parameter extends string, Query, Body> = (call: Call<Parameter, Query, Body>) => unknown;

export interface Endpoint {
  readonly contract: Contract<unknown, unknown>;
  readonly handle: Handler<string, unknown, unknown>;
}

/** Something that may wrap the handling of every endpoint of an area, for example to map its errors. */
export type Around = (handle: () => Promise<unknown>) => Promise<unknown>;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Where the areas register their endpoints. */
export interface Api {
  on<Path extends string, Query = ParsedUrlQuery, Body = unknown>(
    method: Method,
    path: Path,
    contract: Contract<Query, Body>,
    handle: Handler<ParameterOf<Path>, Query, Body>,
  ): void;
  /** The same API, with something around each handler that is registered through it. */
  around(wrapper: Around): Api;
}

export function apiOn(router: Router<Endpoint>, wrappers: readonly Around[] = []): Api {
  return {
    on(method, path, contract, handle) {
      const wrapped = wrappers.reduce<(call: Call<string, unknown, unknown>) => unknown>(
        (inner, wrapper) => (call) => wrapper(() => Promise.resolve(call).then(inner)),
        handle as Endpoint['handle'],
      );
      router.add(method, path, { contract, handle: wrapped });
    },
    around: (wrapper) => apiOn(router, [...wrappers, wrapper]),
  };
}
