import { compileFunction } from 'node:vm';
import { transformSync } from '@swc/core';
import * as library from 'cdktf';
import { parse } from 'yaml';

import * as constructs from '../../../src/constructs';
import type { JsonObject } from '../../../src/json';

/**
 * Runs an exported program in this process, and gives the manifest that its tenant comes to: also where that one is no
 * valid manifest, which a synthesis would refuse.
 */
export function synthesized(files: ReadonlyMap<string, string>): JsonObject {
  const tenants: constructs.LogtoTenant[] = [];
  class Tenant extends constructs.LogtoTenant {
    constructor(...args: ConstructorParameters<typeof constructs.LogtoTenant>) {
      super(...args);
      tenants.push(this);
    }
  }
  class App extends library.App {
    override synth(): void {
      // The manifest is asked for below.
    }
  }
  const modules = new Map<string, unknown>([
    ['cdktf', { ...library, App }],
    ['logto-iac/cdktf', { ...constructs, LogtoTenant: Tenant }],
    ['node:fs', { readFileSync: (path: string) => files.get(path) }],
  ]);
  const load = (name: string): unknown => {
    if (!modules.has(name)) modules.set(name, run(files.get(`${name.replace('./', '')}.ts`) ?? '', load));
    return modules.get(name);
  };
  load('./main');
  const [tenant] = tenants;
  if (!tenant || tenants.length > 1) throw new Error(`the program has ${tenants.length} tenants`);
  return parse(constructs.LogtoTesting.manifest(tenant)) as JsonObject;
}

function run(source: string, load: (name: string) => unknown): unknown {
  const exports = {};
  const { code: script } = transformSync(source, {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
  });
  const program = compileFunction(script, ['require', 'exports']) as (...given: readonly unknown[]) => void;
  program(load, exports);
  return exports;
}
