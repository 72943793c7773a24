import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { UsageError } from '../errors.js';
import { reasonOf } from '../manifest/unreadable.js';

/** A file that says which tenant to talk to, as dotenv writes it. */
export interface EnvironmentFile {
  readonly path: string;
  readonly variables: NodeJS.ProcessEnv;
}

const needed = ['LOGTO_ENDPOINT', 'LOGTO_APP_ID', 'LOGTO_APP_SECRET'] as const;

/**
 * Reads files with the address and the credentials of a tenant each. Nothing is taken from the environment of the
 * process: what is set there belongs to one tenant.
 *
 * @param paths by the flag that names them
 * @throws {UsageError} with all that is wrong with all of them
 */
export async function readEnvironmentFiles<Flag extends string>(
  paths: Readonly<Record<Flag, string>>,
): Promise<Readonly<Record<Flag, EnvironmentFile>>> {
  const read = await Promise.all(
    Object.entries<string>(paths).map(async ([flag, path]) => {
      const { variables, mistake } = await readOne(path);
      return { flag, file: { path, variables }, mistake: mistake && `${flag} ${path}: ${mistake}` };
    }),
  );
  const mistakes = read.flatMap(({ mistake }) => mistake ?? []);
  if (mistakes.length > 0) {
    throw new UsageError(
      mistakes.join('\n'),
      `write ${needed.join('=…, ')}=… into each, a line for each: the address of the tenant, id and secret of a machine-to-machine application there`,
    );
  }
  return Object.fromEntries(read.map(({ flag, file }) => [flag, file])) as Record<Flag, EnvironmentFile>;
}

async function readOne(
  path: string,
): Promise<{ readonly variables: NodeJS.ProcessEnv; readonly mistake?: string }> {
  try {
    const variables = parseEnv(await readFile(path, 'utf8'));
    const missing = needed.filter((name) => (variables[name] ?? '') === '');
    return {
      variables,
      ...(missing.length > 0 && { mistake: `it does not say ${missing.join(', ')}` }),
    };
  } catch (error) {
    return { variables: {}, mistake: `it cannot be read: ${reasonOf(error)}` };
  }
}

/**
 * What people call the tenants of two files: `dev.env` and `.env.prod` are `dev` and `prod`; files that are called the
 * same have the names of their folders, and otherwise that of their paths.
 */
export function namesOf(paths: readonly [string, string]): readonly [string, string] {
  const ways = [ownName, (path: string) => basename(dirname(resolve(path)))];
  for (const nameOf of ways) {
    const [first, second] = [nameOf(paths[0]), nameOf(paths[1])];
    if (first !== '' && second !== '' && first !== second) return [first, second];
  }
  return paths[0] === paths[1] ? ['from', 'to'] : paths;
}

/** `.env.dev`, `dev.env` → `dev`; `.env` → nothing. */
const ownName = (path: string): string =>
  basename(path)
    .replace(/^\.?env(?=\.|$)/, '')
    .replace(/\.env$/, '')
    .replace(/^\.|\.$/g, '');
