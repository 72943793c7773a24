import type { Problem } from '../errors.js';
import { LogtoTenant } from './logto-tenant.js';
import { problemText } from './tenant-of.js';
import { ResourceConstruct } from './resource-construct.js';

/**
 * Help for the tests of those who use these constructs.
 *
 * @example
 * expect(LogtoTesting.manifest(tenant)).toMatchSnapshot();
 * expect(LogtoTesting.problems(tenant)).toEqual([]);
 */
export const LogtoTesting = {
  /** The manifest that synthesis would write for a tenant construct, as YAML. */
  manifest: (tenant: LogtoTenant): string => tenant.manifest,

  /** What is wrong or doubtful, each with the path of its construct: what synthesis would report. */
  problems: (tenant: LogtoTenant): readonly string[] => {
    const constructs = tenant.node
      .findAll()
      .filter((one) => one === tenant || ResourceConstruct.isResourceConstruct(one));
    return constructs.flatMap((construct) =>
      tenant
        .problemsOf(construct)
        .map((problem: Problem) => `[${construct.node.path}] ${problemText(problem)}`),
    );
  },
};
