/**
 * The emulator: Logto 1.42's Management API over real HTTP, in this process, for tests and the quick start.
 *
 * The tables, their constraints and the guards of every input are Logto's own, from its package `@logto/schemas`;
 * PGlite runs them as PostgreSQL in WebAssembly. What is written here is what lies between: routes, paging, search,
 * errors. Its judge is test/logto-contract, recorded from a real server.
 *
 * - routes/ has one file an area; areas.ts lists them. An area registers endpoints with what they accept and answer.
 * - api/ does what is the same for each endpoint: token, page, guard, errors. http/ knows nothing of Logto.
 * - database/ has the queries that Logto has for every table. Requests run as Logto's tenant role, so that
 *   row-level security and column defaults behave as they do there.
 * - oidc/ issues and verifies tokens.
 *
 * Besides Logto's paths there are `POST /__reset`, `POST /__age`, `POST` and `GET /__faults`, `GET` and
 * `DELETE /__requests`.
 * With LOGTO_EMULATOR_DEBUG set, the errors behind answers of 500 are printed.
 */
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

import { managementApiOf } from './api/management-api.js';
import { errorAnswer, isUnexpected } from './api/error-answer.js';
import { ageSecrets } from './database/age-secrets.js';
import { resetTenant } from './database/fresh-tenant.js';
import { openDatabase } from './database/open-database.js';
import { reasonAnswer } from './http/answer.js';
import { FaultList } from './http/faults.js';
import { RequestLog } from './http/request-log.js';
import { serverOf, type Respond } from './http/serve.js';
import { oidcOf } from './oidc/oidc.js';
import { signingKeysOf } from './oidc/signing-keys.js';
import { loadPackages } from './packages.js';
import { credentials, type Tenant } from './tenant.js';

export interface EmulatorOptions {
  /** 0, the default, takes any that is free. */
  readonly port?: number;
  readonly host?: string;
  /** Keeps the tenant in this folder between runs; without it, the tenant lives in memory. */
  readonly dataDirectory?: string;
  /** Starts with a fresh tenant, whatever the folder holds. */
  readonly reset?: boolean;
  /** Where the prepared database is kept that makes starts quick; a folder of the user's cache by default. */
  readonly cacheDirectory?: string;
}

export interface Emulator {
  readonly url: string;
  /** Credentials of an application that may use the whole Management API. */
  readonly appId: string;
  readonly appSecret: string;
  readonly resource: string;
  close(): Promise<void>;
}

/** @throws {MissingPackages} the optional packages that it runs on are not installed */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const packages = await loadPackages();
  const database = await openDatabase(packages, options.dataDirectory, options.cacheDirectory);
  const signingKeys = signingKeysOf(database);
  const reset = async (): Promise<void> => {
    await resetTenant(database);
    signingKeys.forget();
  };
  if (options.reset === true) await reset();
  // The first one takes several times as long as the others. What is kept in a folder is left alone.
  if (options.dataDirectory === undefined) await resetTenant(database, true);

  let respond: Respond = () => Promise.resolve(reasonAnswer(503));
  const server = serverOf((request) => respond(request), {
    faults: new FaultList(),
    log: new RequestLog(),
    reset,
    age: (seconds) => ageSecrets(database, seconds),
  });
  const host = options.host ?? '127.0.0.1';
  const port = await listen(server, options.port ?? 0, host).catch(async (error: unknown) => {
    // A database that stays open would keep the process alive.
    await database.close();
    throw error;
  });
  const url = `http://${host}:${port}`;
  respond = respondAs({ packages, database, signingKeys, url });

  return {
    url,
    ...credentials,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function respondAs(tenant: Tenant): Respond {
  const api = managementApiOf(tenant);
  const oidc = oidcOf(tenant);
  return async (request) => {
    try {
      const { pathname } = request.url;
      if (pathname === '/api' || pathname.startsWith('/api/')) return await api(request);
      if (pathname.startsWith('/oidc/')) return await oidc(request);
      return reasonAnswer(404);
    } catch (error) {
      if (isUnexpected(error) && process.env['LOGTO_EMULATOR_DEBUG']) console.error(error);
      return errorAnswer(error, tenant.packages.messages);
    }
  };
}
