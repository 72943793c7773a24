/** Stands in an exported value for the expression that a secret is given by. */
export interface SecretVariable {
  /** In the manifest: `${var.name}`. */
  readonly name: string;
  /** The environment variable that it takes its value from. */
  readonly env: string;
  readonly value: string;
}

/**
 * Secrets as a program of constructs takes them: Terraform looks for its variables in the environment, and the tool for
 * those of the manifest that the program synthesises to.
 *
 * @param named what the program calls each
 */
export function secretsOfProgram(
  named: readonly { readonly exportedAs: string; readonly name: string }[],
  secrets: readonly SecretVariable[],
): readonly SecretVariable[] {
  const values = new Map(secrets.map(({ name, value }) => [name, value]));
  return ['TF_VAR_', 'LOGTO_IAC_VAR_'].flatMap((prefix) =>
    named.map(({ exportedAs, name }) => ({ name, env: prefix + name, value: values.get(exportedAs) ?? '' })),
  );
}

/** Collects the secrets of an export, and gives each a variable. */
export class SecretVariables {
  private readonly byName = new Map<string, SecretVariable>();

  /** @param used names of variables, and of environment variables, that mean something else */
  constructor(private readonly used: ReadonlySet<string> = new Set()) {}

  get all(): readonly SecretVariable[] {
    return [...this.byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  /**
   * The expression for a secret.
   *
   * @param path where it stands in the manifest: `['connectors', 'github', 'config', 'clientSecret']`
   */
  expressionFor(path: readonly string[], value: string): string {
    const words = path.map((part) => part.replace(/[^A-Za-z0-9]+/g, '_')).join('_');
    let name = words;
    for (let number = 2; this.isTaken(name); number += 1) name = `${words}_${number}`;
    this.byName.set(name, { name, env: environmentName(name), value });
    return `\${var.${name}}`;
  }

  /** Two names that differ in their case alone would be one in the environment. */
  private isTaken(name: string): boolean {
    const env = environmentName(name);
    return this.used.has(name) || this.used.has(env) || this.all.some((other) => other.env === env);
  }
}

/** `connectors_github_config_clientSecret` → `CONNECTORS_GITHUB_CONFIG_CLIENT_SECRET`. */
const environmentName = (name: string): string => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
