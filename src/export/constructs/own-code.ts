// The parts of the program that are the same in each: its beginning, its imports, and the function that gives secrets.
import { object, text, call, word } from './code.js';
import { importLine } from './lines.js';
import { printStatement } from './print-code.js';
import type { ProgramTenant } from './program.js';

/** The first statements of every program. */
export function startLines({ endpoint, resource, stack }: ProgramTenant): readonly string[] {
  const props = [
    { key: 'endpoint', value: text(endpoint) },
    ...(resource === undefined ? [] : [{ key: 'resource', value: text(resource) }]),
    { key: 'stack', value: text(stack) },
    { key: 'runner', value: text('terraform_data') },
  ];
  return [
    'const app = new App();',
    printStatement('const stack = new ', call('TerraformStack', word('app'), text(terraformName(stack))), 0),
    printStatement(
      'const tenant = new ',
      call('LogtoTenant', word('stack'), text('tenant'), object(props, true)),
      0,
    ),
  ];
}

/** A name of a stack may consist of dots; that of a stack of Terraform is the name of a folder too. */
const terraformName = (stack: string): string => (/^\.*$/.test(stack) ? 'tenant' : stack);

/** A function that constructs use. */
export interface OwnFunction {
  readonly text: string;
  /** Module → names. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

const secretText = (parameters: string, ...first: readonly string[]): string =>
  [
    '/** A secret: Terraform takes its value from the environment, see .env.example. */',
    `function secret(${parameters}): string {`,
    ...first,
    "  const props = { type: 'string', sensitive: true };",
    '  return new TerraformVariable(stack, name, props).stringValue;',
    '}',
  ].join('\n');

/** Beside the stack that it is for. */
export const secretFunction: OwnFunction = {
  text: secretText('name: string'),
  imports: { cdktf: ['TerraformVariable'] },
};

/** For any stack. */
export const secretFunctionAnywhere: OwnFunction = {
  text: secretText('scope: Construct, name: string', '  const stack = TerraformStack.of(scope);'),
  imports: { cdktf: ['TerraformStack', 'TerraformVariable'], constructs: ['Construct'] },
};

const modules = ['node:fs', 'cdktf', 'constructs', 'logto-iac/cdktf'];

/** What constructs use, by the module that it comes from; what is of the program itself is not among it. */
export const importsOf = (used: Iterable<string>): OwnFunction['imports'] => ({
  'node:fs': [...used].filter((name) => name === 'readFileSync'),
  'logto-iac/cdktf': [...used].filter((name) => name !== 'readFileSync' && name !== 'secret'),
});

/** The imports of a file, put together. */
export const importLines = (...needs: readonly OwnFunction['imports'][]): readonly string[] =>
  modules.flatMap((from) => {
    const names = needs.flatMap((need) => need[from] ?? []);
    // Of this one only the type is needed, and a compiled file would load it for nothing.
    return importLine(names, from, from === 'constructs');
  });
