import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { z } from 'zod';

import type * as pglite from '@electric-sql/pglite' with { 'resolution-mode': 'import' };
import type * as schemas from '@logto/schemas' with { 'resolution-mode': 'import' };

export type Schemas = typeof schemas;
export type Zod = typeof import('zod').z;

/** What the emulator needs of Logto and PostgreSQL, loaded at run time because both are optional. */
export interface Packages {
  readonly schemas: Schemas;
  readonly z: Zod;
  readonly pglite: typeof pglite;
  /** Statement that creates the table of tenants; it is a model in code, not a file among the others. */
  readonly tenantsTable: string;
  /** Folder with the SQL of all other tables. */
  readonly tablesFolder: string;
  /** Checks of single values that Logto keeps apart from its schemas. */
  readonly coreKit: CoreKit;
  readonly languageKit: LanguageKit;
  /** The phrases of the sign-in pages; loaded when they are first asked for, because they are many. */
  readonly experiencePhrases: () => Promise<ExperiencePhrases>;
  /** Logto's English error messages by code, nested. */
  readonly messages: unknown;
  /** Changes with every version that shapes the database. */
  readonly versions: string;
}

export interface CoreKit {
  readonly emailRegEx: RegExp;
  readonly phoneRegEx: RegExp;
  readonly usernameRegEx: RegExp;
  readonly numberAndAlphabetRegEx: RegExp;
  readonly isValidRegEx: (text: string) => boolean;
  readonly isEmailBlocklistItem: (text: string) => boolean;
  readonly normalizeCustomUiCsp: (
    csp: object,
    options: { readonly isProduction: boolean },
  ) => { readonly customUiCsp: object; readonly errors: readonly object[] };
  readonly UserScope: Readonly<Record<string, string>>;
  readonly PasswordPolicyChecker: new (policy: object) => {
    /** @throws {TypeError} the policy looks at the user, and there is none */
    check(password: string, userInfo?: object): Promise<readonly { readonly code: string }[]>;
  };
  readonly hasCustomUiCspSources: (csp: object | undefined) => boolean;
}

export interface LanguageKit {
  readonly languageTagGuard: z.ZodType<string>;
}

export interface ExperiencePhrases {
  readonly builtInLanguages: readonly string[];
  readonly default: Readonly<Record<string, { readonly translation: Record<string, unknown> }>> & {
    readonly en: { readonly translation: Record<string, unknown> };
  };
}

/** The packages that run the emulator are not installed; the message says what to do. */
export class MissingPackages extends Error {
  constructor(missing: string, cause: unknown) {
    super(
      `The emulator needs the package ${missing}. Install what it runs on:\n` +
        '  npm install --save-dev @logto/schemas@1.42.0 @electric-sql/pglite@0.5.16',
      { cause },
    );
    this.name = 'MissingPackages';
  }
}

/** @throws {MissingPackages} when an optional package is not installed */
export async function loadPackages(): Promise<Packages> {
  const schemasManifest = locate('@logto/schemas/package.json', '@logto/schemas');
  locate('@electric-sql/pglite', '@electric-sql/pglite');
  // zod is a peer of @logto/schemas: taking the module that it uses keeps one zod, whatever else is installed.
  const requireBesideSchemas = createRequire(schemasManifest);
  const [schemas, models, pglite, zod] = await Promise.all([
    import('@logto/schemas'),
    import('@logto/schemas/models'),
    import('@electric-sql/pglite'),
    import(pathToFileURL(join(dirname(requireBesideSchemas.resolve('zod')), 'index.mjs')).href) as Promise<
      typeof import('zod')
    >,
  ]);
  return {
    schemas,
    z: zod.z,
    pglite,
    tenantsTable: models.Tenants.raw,
    tablesFolder: join(dirname(schemasManifest), 'tables'),
    coreKit: await importBeside<CoreKit>(requireBesideSchemas, '@logto/core-kit'),
    languageKit: await importBeside<LanguageKit>(requireBesideSchemas, '@logto/language-kit'),
    experiencePhrases: () =>
      importBeside<ExperiencePhrases>(requireBesideSchemas, '@logto/phrases-experience'),
    messages: await loadMessages(requireBesideSchemas),
    versions: [schemasManifest, pglitePackage()].map(versionOf).join('-'),
  };
}

function locate(specifier: string, packageName: string): string {
  try {
    return require.resolve(specifier);
  } catch (error) {
    throw new MissingPackages(packageName, error);
  }
}

const pglitePackage = (): string => {
  const entry = require.resolve('@electric-sql/pglite');
  return join(entry.slice(0, entry.lastIndexOf('pglite') + 'pglite'.length), 'package.json');
};

const versionOf = (manifest: string): string =>
  (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;

const importBeside = async <Module>(requireBeside: NodeJS.Require, name: string): Promise<Module> =>
  (await import(pathToFileURL(requireBeside.resolve(name)).href)) as Module;

async function loadMessages(requireBesideSchemas: NodeJS.Require): Promise<unknown> {
  const entry = requireBesideSchemas.resolve('@logto/phrases');
  const english = join(dirname(entry), 'locales', 'en', 'errors', 'index.js');
  const { default: errors } = (await import(pathToFileURL(english).href)) as { default: unknown };
  return errors;
}
