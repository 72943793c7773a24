/** Entries of a page: the most that GitHub gives. */
const pageSize = 100;

/**
 * As much of GitHub's REST API as comments and issues of this repository need.
 *
 * @returns functions that send one request each, or one for each page
 */
export function gitHub(environment, token) {
  const { GITHUB_API_URL: server, GITHUB_REPOSITORY: repository } = environment;

  async function send(method, path, body) {
    const answer = await fetch(`${server}/repos/${repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'user-agent': 'logto-iac',
        'x-github-api-version': '2022-11-28',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await explain(answer, `${method} ${path}`));
    return answer.json();
  }

  async function list(path, query = {}) {
    const found = [];
    for (let page = 1; ; page += 1) {
      const search = new URLSearchParams({ ...query, per_page: String(pageSize), page: String(page) });
      const entries = await send('GET', `${path}?${search}`);
      found.push(...entries);
      if (entries.length < pageSize) return found;
    }
  }

  /** Where people find the log. */
  const runUrl = `${environment.GITHUB_SERVER_URL}/${repository}/actions/runs/${environment.GITHUB_RUN_ID}`;
  return { send, list, runUrl };
}

async function explain(answer, request) {
  const { message = '' } = await answer.json().catch(() => ({}));
  const said = `GitHub refused ${request.replace(/\?.*/, '')}: ${answer.status} ${message}`.trim();
  if (answer.status === 403 || answer.status === 404) {
    return `${said}. Give the job \`permissions: { contents: read, pull-requests: write, issues: write }\`, or switch off comment and issue.`;
  }
  return answer.status === 410
    ? `${said}. Switch on issues in the settings of the repository, or set issue: false.`
    : said;
}

/**
 * The first line of what we write, by which we find it again.
 *
 * @param what `plan` or `drift`
 */
export const markOf = (what, name) => `<!-- logto-iac-action ${[what, name].join(' ').trim()} -->`;

/** Whether we wrote a comment or issue, or somebody who could: a stranger may copy our mark. */
export const isOurs = ({ body, user, author_association: association }, mark) =>
  (body ?? '').split(/\r?\n/, 1)[0] === mark &&
  (user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(association));
