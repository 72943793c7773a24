import { call, object, word } from './code.js';
import { sectionOf, type Declaration } from './declarations.js';
import { bySection, type Group } from './in-order.js';
import { importLine, sectionDocComment, spaced, tenantComment } from './lines.js';
import { capitalised, dashed } from './names.js';
import { importLines, importsOf, secretFunctionAnywhere, startLines } from './own-code.js';
import { printStatement } from './print-code.js';
import { constructStatement, type Construct, type Program, type ProgramTenant } from './program.js';

/** A section that has a file of its own. */
interface Section {
  readonly section: string;
  /** What its file, its function and its type are named after. */
  readonly name: string;
  readonly constructs: readonly Construct[];
  /** Variables that other sections use. */
  readonly offers: readonly string[];
  /** Names of the sections before it that it uses. */
  readonly needs: readonly string[];
}

/** `existing.legacySync`: what a section has made is handed to those after it under its name. */
export const nameElsewhere = (declaration: Declaration): string =>
  `${nameOf(sectionOf(declaration))}.${declaration.name}`;

/** What a section is called in the program. */
export const nameOf = (section: string): string => (section === 'external' ? 'existing' : section);

/** A file for each section, with a function that declares what is in it, and one that calls them. */
export function filePerKind(
  declarations: readonly Declaration[],
  program: Program,
  tenant: ProgramTenant,
): ReadonlyMap<string, string> {
  const sections = sectionsOf(bySection(declarations), program);
  const imports = new Set(
    sections.flatMap(({ constructs }) => constructs.flatMap((one) => [...one.imports])),
  );
  return new Map([
    ['main.ts', mainFile(sections, tenant)],
    ...sections.map((section) => [`${dashed(section.name)}.ts`, sectionFile(section, program)] as const),
    ...(imports.has('secret') ? [['secret.ts', secretFile()] as const] : []),
  ]);
}

function sectionsOf(groups: readonly Group[], program: Program): readonly Section[] {
  const made = groups.map(({ section, declarations }) => {
    const constructs = declarations.map((declaration) => program.construct(declaration));
    const uses = new Set(constructs.flatMap((one) => [...one.uses]));
    return { section, constructs, uses: [...uses].filter((one) => sectionOf(one) !== section) };
  });
  const usedElsewhere = new Set(made.flatMap(({ uses }) => uses));
  return made.map(({ section, constructs, uses }) => ({
    section,
    name: nameOf(section),
    constructs,
    offers: constructs.flatMap(({ declaration }) =>
      usedElsewhere.has(declaration) ? [declaration.name] : [],
    ),
    needs: made
      .filter((other) => uses.some((one) => sectionOf(one) === other.section))
      .map((other) => nameOf(other.section)),
  }));
}

const functionOf = (name: string): string => `declare${capitalised(name)}`;
const fileOf = (name: string): string => `./${dashed(name)}`;

function mainFile(sections: readonly Section[], tenant: ProgramTenant): string {
  const head = [
    ...tenantComment(tenant.endpoint),
    ...importLines({ cdktf: ['App', 'TerraformStack'], 'logto-iac/cdktf': ['LogtoTenant'] }),
    ...sections.flatMap(({ name }) => importLine([functionOf(name)], fileOf(name))),
  ];
  const calls = sections.map(({ name, offers, needs }) => {
    const values = ['tenant', ...needs].map(word);
    return printStatement(offers.length > 0 ? `const ${name} = ` : '', call(functionOf(name), ...values), 0);
  });
  return fileText(head.join('\n'), startLines(tenant).join('\n'), calls.join('\n'), 'app.synth();');
}

function sectionFile({ section, name, constructs, offers, needs }: Section, program: Program): string {
  const imports = [...new Set(constructs.flatMap((one) => [...one.imports]))];
  const head = [
    ...importLines(importsOf(imports), { 'logto-iac/cdktf': ['type LogtoTenant'] }),
    ...needs.flatMap((need) => importLine([capitalised(need)], fileOf(need), true)),
    ...(imports.includes('secret') ? importLine(['secret'], './secret') : []),
  ];
  const statements = constructs.map((one) => constructStatement(one, program.used.has(one.declaration), 2));
  const offered = object(offers.map((key) => ({ key })));
  const result = offers.length > 0 ? [`\n${printStatement('return ', offered, 2)}`] : [];
  const declaring = [
    ...sectionDocComment(section),
    signature(functionOf(name), [
      'tenant: LogtoTenant',
      ...needs.map((need) => `${need}: ${capitalised(need)}`),
    ]),
    spaced(statements),
    ...result,
    '}',
  ].join('\n');
  const type =
    offers.length > 0 ? [`export type ${capitalised(name)} = ReturnType<typeof ${functionOf(name)}>;`] : [];
  return fileText(head.join('\n'), declaring, ...type);
}

function signature(name: string, parameters: readonly string[]): string {
  const line = `export function ${name}(${parameters.join(', ')}) {`;
  if (line.length <= 80) return line;
  return [`export function ${name}(`, ...parameters.map((parameter) => `  ${parameter},`), ') {'].join('\n');
}

function secretFile(): string {
  const { text, imports } = secretFunctionAnywhere;
  return fileText(importLines(imports).join('\n'), text.replace('\nfunction', '\nexport function'));
}

const fileText = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;
