import { VariableNames } from '../../manifest/variable-names.js';
import { call, object, text, word, type Code, type ObjectCode } from './code.js';
import { sectionOf, type Declaration } from './declarations.js';
import { classOf } from './names.js';
import { printStatement } from './print-code.js';
import { propsCode, type Surroundings } from './props-code.js';

/** The tenant that the program is for. */
export interface ProgramTenant {
  readonly endpoint: string;
  /** Indicator of its Management API, where it is not the usual one. */
  readonly resource?: string;
  readonly stack: string;
}

/** Names that the program itself gives to something. */
export const ownNames = ['app', 'stack', 'tenant', 'secret', 'readFileSync', 'managementApiScope'] as const;

/** A secret as the program takes it: a variable of Terraform, which becomes one of the manifest. */
export interface ProgramSecret {
  /** What the export calls it. */
  readonly exportedAs: string;
  /** The name of both variables. */
  readonly name: string;
}

/** The construct of one declaration, as TypeScript that is not printed yet. */
export interface Construct {
  readonly declaration: Declaration;
  readonly code: Code;
  /** What it uses of the library and of the program. */
  readonly imports: ReadonlySet<string>;
  /** The constructs that it refers to by their variables. */
  readonly uses: ReadonlySet<Declaration>;
}

export interface ProgramOptions {
  /** Files in which contents are kept. */
  readonly files: ReadonlySet<string>;
  /** What `secret` takes before a name. */
  readonly secretScope: readonly Code[];
  /** How a construct is called in another section. */
  readonly elsewhere: (declaration: Declaration) => string;
}

/** Turns declarations into code, one after the other: each may use those before it. */
export class Program {
  readonly secrets: ProgramSecret[] = [];
  /** Constructs that others refer to. */
  readonly used = new Set<Declaration>();
  private readonly declared = new Map<string, Declaration>();
  private readonly variableNames = new VariableNames();

  constructor(private readonly options: ProgramOptions) {}

  construct(declaration: Declaration): Construct {
    const imports = new Set([classOf(declaration.kind)]);
    const uses = new Set<Declaration>();
    const { kind, spec, path } = declaration;
    const props = propsCode(kind, spec, path, this.surroundings(declaration, imports, uses));
    this.declared.set(declaration.address, declaration);
    return { declaration, code: constructCode(declaration, props), imports, uses };
  }

  private surroundings(from: Declaration, imports: Set<string>, uses: Set<Declaration>): Surroundings {
    const using = (name: string, code: Code): Code => {
      imports.add(name);
      return code;
    };
    return {
      variableOf: (address) => {
        const declaration = this.declared.get(address);
        if (!declaration) return undefined;
        uses.add(declaration);
        this.used.add(declaration);
        return sectionOf(declaration) === sectionOf(from)
          ? declaration.name
          : this.options.elsewhere(declaration);
      },
      secret: (exportedAs, path) => {
        const name = this.variableNames.nameFor(path);
        this.secrets.push({ exportedAs, name });
        return using('secret', call('secret', ...this.options.secretScope, text(name)));
      },
      content: (path, isData) => {
        if (!this.options.files.has(path)) return undefined;
        const read = using('readFileSync', call('readFileSync', text(path), text('utf8')));
        return isData ? call('JSON.parse', read) : read;
      },
      builtInScope: (name) =>
        using('managementApiScope', call('managementApiScope', ...(name === 'all' ? [] : [text(name)]))),
    };
  }
}

/** `Role(tenant, 'clerk', { … })`. */
function constructCode({ kind, isExternal, id, key }: Declaration, { members }: ObjectCode): Code {
  const stated = key === undefined || key === id ? [] : [{ key: 'key', value: text(key) }];
  const props = object([...stated, ...members], stated.length + members.length > 1);
  const callee = isExternal ? `${classOf(kind)}.fromExisting` : classOf(kind);
  return call(callee, word('tenant'), text(id), props);
}

/**
 * The statement that makes a construct.
 *
 * @param isUsed whether others refer to it, so that it has a variable
 */
export function constructStatement(
  { declaration, code }: Construct,
  isUsed: boolean,
  indent: number,
): string {
  const { name, isExternal } = declaration;
  return printStatement(`${isUsed ? `const ${name} = ` : ''}${isExternal ? '' : 'new '}`, code, indent);
}
