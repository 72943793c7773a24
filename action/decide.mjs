/**
 * What is to be done: what the input says, or what fits the event.
 *
 * @returns the command, and what to say about the choice where it may surprise
 * @throws {Error} the event is one in which credentials are in danger, or says nothing about what is meant
 */
export function decide({ command, tenant }, { GITHUB_EVENT_NAME: name, GITHUB_REF: ref }, event) {
  // It runs with the secrets of the repository, and is mostly used to check out what a stranger proposes. A manifest can
  // read the environment, and a plan print it.
  if (name === 'pull_request_target') {
    throw new Error(
      'this does not run for pull_request_target, where a stranger could read your secrets; use pull_request',
    );
  }
  if (command !== 'auto') return { command };
  switch (name) {
    case 'pull_request':
      return forPullRequest(tenant);
    case 'push':
      return { command: ref === `refs/heads/${event.repository.default_branch}` ? 'apply' : 'validate' };
    case 'schedule':
      return { command: 'drift' };
    case 'merge_group':
      return { command: 'validate' };
    default:
      throw new Error(`for the event ${name}, say which command is meant: validate, plan, apply or drift`);
  }
}

function forPullRequest(tenant) {
  const missing = Object.keys(tenant).filter((variable) => !tenant[variable]);
  if (missing.length === 0) return { command: 'plan' };
  const notice = `only validated, not planned: ${missing.join(', ')} not set, as it is for pull requests from forks`;
  return { command: 'validate', notice };
}
