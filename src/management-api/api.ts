import type { Json, JsonObject } from '../json.js';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What may be asked of a tenant without changing it. The path that reads and plans is given nothing more. */
export interface ReadApi {
  /** The JSON body of the answer. @throws {ApiError} */
  get(path: string, query?: Query): Promise<Json>;
  /**
   * Every item of a list that is always paged, or optionally: pages of 100, checked against Total-Number and for
   * distinct ids, read again when rows moved between pages.
   */
  list(path: string, query?: Query): Promise<readonly JsonObject[]>;
}

/** What `apply` is given: the same, and the four ways to change something. */
export interface WriteApi extends ReadApi {
  /** Never repeated by the client: after an uncertain answer it throws an ApiError with `uncertain`. */
  post(path: string, body: JsonObject): Promise<Json>;
  put(path: string, body: JsonObject): Promise<Json>;
  patch(path: string, body: JsonObject): Promise<Json>;
  /** An object that is gone already (404) is as good as deleted. */
  delete(path: string): Promise<void>;
}
