import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { parse } from 'yaml';
import { LogtoTenant, LogtoTesting, type LogtoTenantProps } from '../../src/constructs';

/** A tenant construct in a stack of its own. */
export function newTenant(stackName = 'acme', props: Partial<LogtoTenantProps> = {}): LogtoTenant {
  const stack = new TerraformStack(Testing.app(), 'shop');
  return new LogtoTenant(stack, 'acme', {
    endpoint: 'https://acme.logto.app',
    runner: 'terraform_data',
    stack: stackName,
    ...props,
  });
}

export const documentOf = (tenant: LogtoTenant): unknown => parse(LogtoTesting.manifest(tenant));

/** The value of a sensitive variable of Terraform. */
export const secretOf = (tenant: LogtoTenant, name: string): string =>
  new TerraformVariable(TerraformStack.of(tenant), name, { type: 'string', sensitive: true }).stringValue;
