import { createHash } from 'node:crypto';
import { Annotations, Lazy, Token, type ITerraformDependable, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { formatAddress } from '../address.js';
import type { Problem } from '../errors.js';
import { defaultRunner } from './library.js';
import type { Referable } from './props.js';
import { ResourceConstruct } from './resource-construct.js';
import { makeRunner, type Runner } from './runner.js';
import { tenantDocument, type TenantDocument } from './tenant-document.js';
import { markAsTenant, problemText, tenantOf } from './tenant-of.js';
import { writeAtSynthesis } from './write-at-synthesis.js';

export interface LogtoTenantProps {
  /** Address of the tenant, such as `https://my-tenant.logto.app`. May be a value that only Terraform knows. */
  readonly endpoint: string;
  /**
   * Who to sign in as. Default: LOGTO_APP_ID and LOGTO_APP_SECRET of the environment in which Terraform runs. Otherwise
   * Terraform values, such as those of a sensitive TerraformVariable; never the secret itself.
   */
  readonly credentials?: { readonly appId: string; readonly appSecret: string };
  /** Indicator of the Management API, where it is not the usual one. */
  readonly resource?: string;
  /** Names the record of what this construct owns in the tenant. Default: its path, such as `shop-tenant`; state it where
   * the construct may be moved. */
  readonly stack?: string;
  /** The resource that runs the tool: `terraform_data` is built into Terraform, `null_resource` needs its provider. */
  readonly runner?: 'null_resource' | 'terraform_data';
  /** What `terraform destroy` does with what the tenant holds. Default: retain. */
  readonly destroy?: 'retain' | 'delete';
  /** Let replacements through, which delete and create anew. */
  readonly allowReplace?: boolean;
  /** Values that only Terraform knows are shown in plans and logs instead of being treated as secrets; never passwords. */
  readonly showTerraformValues?: boolean;
  /** How to call the tool. Default: `npx` with the version of this package, which has to be installed where Terraform
   * runs: nothing is fetched. */
  readonly command?: string;
  /** What has to exist before. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * A Logto tenant, or the part of one that this application configures. Collects the constructs below it, however deep,
 * and at synthesis writes the manifest that they come to beside the stack's Terraform JSON.
 *
 * @example
 * const tenant = new LogtoTenant(stack, 'acme', { endpoint: 'https://acme.logto.app' });
 * const orders = new ApiResource(tenant, 'orders', { name: 'Orders', indicator: 'https://orders.example.com' });
 * const worker = new Role(tenant, 'worker', { name: 'Worker', description: 'Works', type: 'MachineToMachine' });
 * worker.grant(orders.addScope('orders:read'));
 */
export class LogtoTenant extends Construct implements ITerraformDependable {
  readonly stack: string;
  private readonly runner: Runner;
  private version = 0;
  private known: { readonly version: number; readonly document: TenantDocument } | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogtoTenantProps,
  ) {
    super(scope, id);
    markAsTenant(this);
    this.stack = props.stack ?? stackNameOf(this.node.path);
    const file = `logto/${fileNameOf(this.node.path)}.yaml`;
    const document = (): TenantDocument => this.document();
    this.runner = makeRunner(this, {
      ...props,
      runner: props.runner ?? defaultRunner,
      stack: this.stack,
      file,
      manifestHash: Lazy.stringValue({
        produce: () => createHash('sha256').update(document().text).digest('hex'),
      }),
      variables: () => document().variables,
    });
    writeAtSynthesis(TerraformStack.of(this), file, () => document().text);
    this.node.addValidation({ validate: () => this.validateTenant() });
  }

  /**
   * The tenant construct that encloses another construct.
   *
   * @throws {Error} there is none
   */
  static of(construct: Construct): LogtoTenant {
    const tenant: unknown = tenantOf(construct);
    if (isTenant(tenant)) return tenant;
    throw new Error(`${construct.node.path} is not inside of a LogtoTenant`);
  }

  /** So that other Terraform resources can depend on the tenant. */
  get fqn(): string {
    return this.runner.fqn;
  }

  /** The manifest as YAML: what is written at synthesis. */
  get manifest(): string {
    return this.document().text;
  }

  /**
   * The id that Logto gave a resource, for other Terraform resources: known once Terraform has applied the tenant. It is
   * kept in Terraform's state.
   *
   * @throws {Error} this tenant construct does not manage the resource, or it is a single link or the one object of its
   *   kind, which have no id
   */
  idOf({ reference }: Referable): string {
    const { kind, key, parentKey } = reference;
    const [section = '', childSection] = kind.split('.');
    const holder = parentKey ?? key;
    const declared = this.node
      .findAll()
      .filter(ResourceConstruct.isResourceConstruct)
      .find((construct) => construct.reference.kind === section && construct.reference.key === holder);
    const isManaged = declared !== undefined && !declared.isExternal && !declared.kind.link;
    if (declared?.kind.singleton) throw new Error(`${section} has no id: there is one in each tenant`);
    const path = childSection === undefined ? [section, key] : [section, holder, childSection, key];
    if (isManaged) return this.runner.idOf(formatAddress(path));
    throw new Error(
      `${formatAddress(path)} has no id here: only resources that ${this.node.path} manages have one`,
    );
  }

  touch(): void {
    this.version += 1;
  }

  problemsOf(construct: IConstruct): readonly Problem[] {
    return this.document().problems.get(construct.node.path) ?? [];
  }

  private document(): TenantDocument {
    if (this.known?.version !== this.version) {
      const document = tenantDocument(this, this.stack, !this.props.showTerraformValues);
      this.known = { version: this.version, document };
    }
    return this.known.document;
  }

  private validateTenant(): string[] {
    for (const problem of [...this.document().problems.values()].flat()) {
      if (problem.severity === 'warning') Annotations.of(this).addWarning(problemText(problem));
    }
    const { credentials } = this.props;
    const own = this.problemsOf(this).filter(({ severity }) => severity === 'error');
    return [
      ...own.map(problemText),
      ...(credentials && !Token.isUnresolved(credentials.appSecret)
        ? [
            'the secret itself would be written into the Terraform configuration (use a sensitive TerraformVariable, or LOGTO_APP_SECRET in the environment)',
          ]
        : []),
      ...this.runner.problems(),
    ];
  }
}

/** Names of stacks have 64 characters at most. */
function stackNameOf(path: string): string {
  const name = fileNameOf(path);
  return name.length <= 64 ? name : `${name.slice(0, 55)}-${hashOf(path)}`;
}

const hashOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 8);

/**
 * The name stands in a shell command and in HCL, so no character of it means anything there. Where a path is no longer
 * told from all others, its hash tells it.
 */
function fileNameOf(path: string): string {
  const name = path.replace(/[^A-Za-z0-9_.-]/g, '-');
  if (/^[A-Za-z0-9_./]*$/.test(path)) return name;
  return `${name}-${hashOf(path)}`;
}

/** Known by its brand: it may come from another copy of this package. */
const isTenant = (tenant: unknown): tenant is LogtoTenant => tenant !== undefined;
