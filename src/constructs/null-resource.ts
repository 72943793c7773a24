import { createRequire } from 'node:module';
import { TerraformStack } from 'cdktf';
import type * as nullProvider from '@cdktf/provider-null';
import type { MakeResource } from './runner.js';

/**
 * Makes `null_resource`s with `@cdktf/provider-null`, which is loaded only here: who uses `terraform_data` need not
 * install it.
 *
 * @param problems is told when the package is missing; then `instead` makes the resource, so that synthesis can report
 *   this together with all other problems
 */
export function nullResource(problems: string[], instead: MakeResource): MakeResource {
  return (scope, id, config) => {
    const library = loadProvider(problems);
    if (!library) return instead(scope, id, config);
    const stack = TerraformStack.of(scope);
    const hasProvider = stack.node
      .findAll()
      .some((construct) => construct.constructor.name === 'NullProvider');
    if (!hasProvider) new library.provider.NullProvider(stack, 'null');
    return new library.resource.Resource(scope, id, {
      triggers: config.triggers,
      // All that a null_resource holds replaces it, so it goes on holding what it was made with.
      ...(config.isNeverReplaced && { lifecycle: { ignoreChanges: ['triggers'] } }),
      ...(config.provisioners.length > 0 && { provisioners: [...config.provisioners] }),
      dependsOn: [...config.dependsOn],
    });
  };
}

function loadProvider(problems: string[]): typeof nullProvider | undefined {
  try {
    return createRequire(__filename)('@cdktf/provider-null') as typeof nullProvider;
  } catch {
    const problem =
      "the runner null_resource needs the package @cdktf/provider-null (install it, or choose runner: 'terraform_data', which needs no provider)";
    if (!problems.includes(problem)) problems.push(problem);
    return undefined;
  }
}
