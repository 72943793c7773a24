import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { schemaFileName } from '../../export/write-manifest.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { defaultManifest } from '../load-manifest-from-flags.js';
import { schemaFile } from '../schema-file.js';
import { writeFiles } from '../write-files.js';

/** Writes a first manifest that validates, with the schema that its modeline names. Never writes over a file. */
export async function init({ stack }: { stack: string }, folder = '.'): Promise<ExitCode> {
  const files = new Map([
    [defaultManifest, firstManifest(stack)],
    [schemaFileName, await readFile(schemaFile('manifest'), 'utf8')],
    ['.env.example', environmentExample],
  ]);
  const existing = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (existing.length > 0) {
    throw new UsageError(
      `${existing.map((name) => join(folder, name)).join(', ')} exists already; nothing has been written`,
      'name another folder: logto-iac init FOLDER',
    );
  }
  writeFiles([...files].map(([name, text]) => ({ path: join(folder, name), text, before: undefined })));
  process.stdout.write(
    `Wrote ${[...files.keys()].map((name) => join(folder, name)).join(', ')}.\n` +
      'Next: set the variables of .env.example in your environment, then run `logto-iac plan`.\n',
  );
  return exitCode.done;
}

const firstManifest = (stack: string): string => `# yaml-language-server: $schema=./${schemaFileName}
stack: ${JSON.stringify(stack)} # names the record of what this manifest owns in the tenant

variables:
  appUrl: { default: "http://localhost:3000" } # override with --var appUrl=… or LOGTO_IAC_VAR_appUrl

apiResources:
  orders:
    name: Orders API
    indicator: https://orders.example.com
    scopes:
      orders:read: { description: Read orders }
      orders:write: { description: Write orders }

roles:
  order-worker:
    name: Order worker
    description: Reads and writes orders
    type: MachineToMachine
    scopes:
      orders: [orders:read, orders:write]

applications:
  worker:
    name: Order worker
    type: MachineToMachine
    roles: [order-worker]
  web:
    name: Web shop
    type: SPA
    oidcClientMetadata:
      redirectUris: ["\${var.appUrl}/callback"]
      postLogoutRedirectUris: ["\${var.appUrl}"]
`;

const environmentExample = `# A machine-to-machine application of the tenant, with the role "Logto Management API access".
LOGTO_ENDPOINT=https://my-tenant.logto.app
LOGTO_APP_ID=
LOGTO_APP_SECRET=
`;
