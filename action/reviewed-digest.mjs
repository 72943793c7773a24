import { isOurs, markOf } from './github.mjs';

/** In a comment, where it does not show. */
export const digestMark = (digest) => `<!-- digest ${digest} -->`;

/**
 * The digest of the plan that people saw on the pull request before they merged it.
 *
 * @param commit what was pushed
 * @throws {Error} the commit comes from no pull request, or that one shows no plan
 */
export async function reviewedDigest(api, commit, name) {
  const pulls = await api.list(`/commits/${commit}/pulls`);
  const merged = pulls.find((pull) => pull.merged_at !== null);
  if (merged === undefined) {
    throw new Error(
      `the commit ${commit} comes from no merged pull request, so nobody has reviewed its plan`,
    );
  }
  const comments = await api.list(`/issues/${merged.number}/comments`);
  const comment = comments.find((one) => isOurs(one, markOf('plan', name)));
  // At its place only: a report quotes what manifests say.
  const [, digest] = /^.+\s+<!-- digest ([0-9a-f]+) -->\s/.exec(comment?.body ?? '') ?? [];
  if (digest === undefined) {
    throw new Error(
      `the pull request ${merged.number} shows no plan that could be applied; run it again there`,
    );
  }
  return digest;
}
