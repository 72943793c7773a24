import { isOurs, markOf } from './github.mjs';

/** GitHub makes it when it is first used. */
const label = 'logto-drift';

/**
 * Keeps one issue about drift: opened when there is some, updated while it is there, closed when it is gone. A person who
 * closes it gets a new one, if the drift is still there.
 */
export async function updateIssue(api, name, isDrifted, report) {
  const mark = markOf('drift', name);
  const title = name === '' ? 'Logto was changed by hand' : `Logto was changed by hand: ${name}`;
  const open = await api.list('/issues', { state: 'open', labels: label });
  const earlier = open.find((issue) => isOurs(issue, mark));
  if (isDrifted) {
    const what =
      'Either put it into the manifest, or apply to write over it. This issue is updated by the next run, and closed when the drift is gone.';
    const body = [mark, report.trimEnd(), what, `[Log of the run](${api.runUrl})`].join('\n\n');
    if (earlier === undefined) await api.send('POST', '/issues', { title, body, labels: [label] });
    else await api.send('PATCH', `/issues/${earlier.number}`, { body });
  } else if (earlier !== undefined) {
    await api.send('POST', `/issues/${earlier.number}/comments`, {
      body: `The tenant is as stated again. [Log of the run](${api.runUrl})`,
    });
    await api.send('PATCH', `/issues/${earlier.number}`, { state: 'closed', state_reason: 'completed' });
  }
}
