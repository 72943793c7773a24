import { isOurs, markOf } from './github.mjs';
import { digestMark } from './reviewed-digest.mjs';

/**
 * Writes the plan to a pull request: into the comment of the last one, or into a new one.
 *
 * @param plan as it was kept; undefined where none could be made
 */
export async function updateComment(api, number, name, report, plan) {
  const mark = markOf('plan', name);
  const title = name === '' ? [] : [`**${name}**`];
  const digest = plan === undefined ? [] : [digestMark(plan.digest)];
  const body = [mark, ...digest, ...title, report.trimEnd(), `[Log of the run](${api.runUrl})`].join('\n\n');
  const comments = await api.list(`/issues/${number}/comments`);
  const earlier = comments.find((comment) => isOurs(comment, mark));
  if (earlier === undefined) await api.send('POST', `/issues/${number}/comments`, { body });
  else await api.send('PATCH', `/issues/comments/${earlier.id}`, { body });
}
