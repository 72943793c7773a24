import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of its own for each test, removed after it. */
export interface Folder {
  readonly path: string;
  write(files: Readonly<Record<string, string>>): void;
  read(name: string): string;
  /** Names of all files, those in subfolders too. */
  names(): readonly string[];
}

export function useFolder(): Folder {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'logto-iac-cli-'));
  });
  afterEach(() => {
    rmSync(path, { recursive: true });
  });
  return {
    get path() {
      return path;
    },
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    read: (name) => readFileSync(join(path, name), 'utf8'),
    names: () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
        .sort(),
  };
}

/** A manifest of one application. */
export const webShop = `applications:
  web: { name: Web shop, type: SPA }
`;

/** A manifest of one resource of each kind, of which some wait for others. */
export const orders = `stack: orders
apiResources:
  orders:
    name: Orders API
    indicator: https://orders.example.com
    scopes:
      orders:read: {}
roles:
  reader: { name: Reader, description: Reads orders, type: MachineToMachine, scopes: { orders: [orders:read] } }
applications:
  worker: { name: Worker, type: MachineToMachine, roles: [reader] }
`;
