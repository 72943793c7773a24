import { inOrder } from './in-order.js';
import type { Declaration } from './declarations.js';
import { sectionComment, spaced, tenantComment } from './lines.js';
import { importLines, importsOf, secretFunction, startLines } from './own-code.js';
import { constructStatement, type Program, type ProgramTenant } from './program.js';

/** The whole program in one file. */
export function singleFile(
  declarations: readonly Declaration[],
  program: Program,
  tenant: ProgramTenant,
): ReadonlyMap<string, string> {
  const groups = inOrder(declarations).map(({ section, declarations: own }) => ({
    section,
    constructs: own.map((declaration) => program.construct(declaration)),
  }));
  const imports = new Set(groups.flatMap(({ constructs }) => constructs.flatMap((one) => [...one.imports])));
  const functions = imports.has('secret') ? [secretFunction] : [];
  const seen = new Set<string>();
  const parts = groups.map(({ section, constructs }) => {
    const statements = constructs.map((one) => constructStatement(one, program.used.has(one.declaration), 0));
    const isContinued = seen.has(section);
    seen.add(section);
    return [...sectionComment(section, isContinued), spaced(statements)].join('\n');
  });
  const head = [
    ...tenantComment(tenant.endpoint),
    ...importLines(
      { cdktf: ['App', 'TerraformStack'], 'logto-iac/cdktf': ['LogtoTenant'] },
      importsOf(imports),
      ...functions.map((one) => one.imports),
    ),
  ];
  const text = [
    head.join('\n'),
    startLines(tenant).join('\n'),
    ...functions.map((one) => one.text),
    ...parts,
    'app.synth();',
  ].join('\n\n');
  return new Map([['main.ts', `${text}\n`]]);
}
