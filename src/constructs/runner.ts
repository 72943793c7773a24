import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { DataResource, Fn, type ITerraformDependable, Lazy, type TerraformResource, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { nullResource } from './null-resource.js';
import type { TokenVariable } from './tokens.js';

export interface RunnerOptions {
  readonly runner: 'null_resource' | 'terraform_data';
  readonly endpoint: string;
  readonly resource?: string;
  readonly credentials?: { readonly appId: string; readonly appSecret: string };
  readonly stack: string;
  readonly destroy?: 'retain' | 'delete';
  readonly allowReplace?: boolean;
  readonly command?: string;
  readonly dependsOn?: readonly ITerraformDependable[];
  /** The manifest, relative to the folder of the stack. */
  readonly file: string;
  readonly manifestHash: string;
  readonly variables: () => readonly TokenVariable[];
}

/** The Terraform resources that run the tool. */
export interface Runner {
  readonly fqn: string;
  readonly idOf: (address: string) => string;
  readonly problems: () => readonly string[];
}

/**
 * Two resources. The first is never made anew and holds what happens on destroy; the second is made anew whenever the
 * manifest changes. With one resource every edit would run its destroy provisioner first, and wipe the tenant.
 */
export function makeRunner(scope: Construct, options: RunnerOptions): Runner {
  const { destroy = 'retain', dependsOn = [] } = options;
  const problems: string[] = [];
  const make = options.runner === 'terraform_data' ? dataResource : nullResource(problems, dataResource);
  const owner = make(scope, 'tenant', {
    triggers: {
      endpoint: options.endpoint,
      stack: options.stack,
      ...(options.resource !== undefined && { resource: options.resource }),
    },
    isNeverReplaced: true,
    provisioners: destroy === 'delete' ? [onDestroy(options)] : [],
    dependsOn,
  });
  const applied = make(scope, 'apply', {
    triggers: Lazy.anyValue({ produce: () => triggers(options) }) as unknown as Triggers,
    provisioners: [onApply(options)],
    dependsOn: [owner, ...dependsOn],
  });
  return { fqn: applied.fqn, idOf: idReader(scope, applied, options), problems: () => problems };
}

type Triggers = Readonly<Record<string, string>>;

export interface Provisioner {
  readonly type: 'local-exec';
  readonly command: string;
  readonly when?: 'destroy';
  readonly environment: Readonly<Record<string, string>>;
}

export interface RunnerResourceConfig {
  readonly triggers: Triggers;
  /** The triggers are for the provisioners to read only: another endpoint or stack is no reason to delete the old one. */
  readonly isNeverReplaced?: true;
  readonly provisioners: readonly Provisioner[];
  readonly dependsOn: readonly ITerraformDependable[];
}

export type MakeResource = (scope: Construct, id: string, config: RunnerResourceConfig) => TerraformResource;

const dataResource: MakeResource = (scope, id, { triggers, isNeverReplaced, provisioners, dependsOn }) =>
  new DataResource(scope, id, {
    // The input is updated in place, so what is destroyed in the end is what was applied last.
    ...(isNeverReplaced ? { input: triggers } : { triggersReplace: triggers }),
    // An empty list is no valid Terraform.
    ...(provisioners.length > 0 && { provisioners: [...provisioners] }),
    dependsOn: [...dependsOn],
  });

/** A change of any of these applies the manifest. Values that only Terraform knows are kept as hashes. */
function triggers({ manifestHash, variables, endpoint }: RunnerOptions): Triggers {
  const hashes = variables().map(({ name, value }) => [`variable_${name}`, Fn.sha256(value)] as const);
  return { manifest: manifestHash, endpoint, ...Object.fromEntries(hashes) };
}

function onApply(options: RunnerOptions): Provisioner {
  const { credentials, endpoint, resource, allowReplace, file, variables } = options;
  const flags = ['--yes', '--lock-timeout 300', ...(allowReplace ? ['--allow-replace'] : [])];
  const path = `\${path.module}/${file}`;
  const idsFile = `\${path.module}/${idsOf(file)}`;
  const environment = (): Record<string, string> => ({
    LOGTO_ENDPOINT: endpoint,
    ...(resource !== undefined && { LOGTO_RESOURCE: resource }),
    ...(credentials && { LOGTO_APP_ID: credentials.appId, LOGTO_APP_SECRET: credentials.appSecret }),
    ...Object.fromEntries(variables().map(({ name, value }) => [`LOGTO_IAC_VAR_${name}`, value])),
  });
  return {
    type: 'local-exec',
    command: `${tool(options)} apply -f "${path}" ${flags.join(' ')} --ids "${idsFile}"`,
    environment: Lazy.anyValue({ produce: environment }) as unknown as Record<string, string>,
  };
}

/** A destroy provisioner sees nothing but `self`: the credentials come from the environment of Terraform. */
function onDestroy(options: RunnerOptions): Provisioner {
  const self = options.runner === 'terraform_data' ? 'self.input' : 'self.triggers';
  return {
    type: 'local-exec',
    when: 'destroy',
    command: `${tool(options)} destroy --stack "\${${self}.stack}" --yes --lock-timeout 300`,
    environment: {
      LOGTO_ENDPOINT: `\${${self}.endpoint}`,
      ...(options.resource !== undefined && { LOGTO_RESOURCE: `\${${self}.resource}` }),
    },
  };
}

/**
 * The tool in the version of this package, installed beside the application. Never what npm would fetch in its place: it
 * is given the secret of the tenant.
 */
function tool({ command }: RunnerOptions): string {
  if (command !== undefined) return command;
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return `npx --no -- logto-iac@${version}`;
}

const idsOf = (file: string): string => file.replace(/\.yaml$/, '.ids.json');

/**
 * Reads ids from the file that apply writes. The file is read after the apply, because its path depends on the applied
 * resource; what was read is kept in the state, so later runs on other machines need no file.
 */
function idReader(
  scope: Construct,
  applied: TerraformResource,
  { file }: RunnerOptions,
): (address: string) => string {
  let ids: DataResource | undefined;
  return (address) => {
    ids ??= new DataResource(scope, 'ids', {
      input: Token.asAnyMap(
        `\${try(jsondecode(file("\${path.module}/${idsOf(file)}\${substr(${applied.fqn}.id, 0, 0)}")), {})}`,
      ),
      triggersReplace: { applied: `\${${applied.fqn}.id}` },
      lifecycle: { ignoreChanges: ['input'] },
    });
    const { fqn } = ids;
    return Lazy.stringValue({ produce: () => `\${${fqn}.output[${hclText(address)}]}` });
  };
}

/** A text inside of an expression, in which templates would be filled in. */
const hclText = (text: string): string => JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);
