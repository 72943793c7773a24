import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** A comment or an issue, as far as the action reads and writes it. */
export interface Entry {
  readonly id: number;
  readonly number: number;
  readonly body: string;
  readonly user: { readonly type: string };
  readonly author_association: string;
  readonly title?: string;
  readonly state?: string;
  readonly labels?: readonly string[];
}

export interface FakeGitHub {
  readonly url: string;
  readonly token: string;
  /** By the number of the issue or pull request. */
  readonly comments: Map<number, Entry[]>;
  readonly issues: Entry[];
  /** The pull requests that a commit belongs to. */
  readonly pullsOf: Map<string, readonly { readonly number: number; readonly merged_at: string | null }[]>;
  /** Methods and paths of what was written. */
  readonly writes: string[];
  /** Whether the token may write. */
  mayWrite: boolean;
  readonly stop: () => Promise<void>;
}

const repository = '/repos/acme/shop';
const bot = { user: { type: 'Bot' }, author_association: 'NONE' };

/** As much of GitHub's REST API as comments and issues of one repository need, by its documentation. */
export async function startFakeGitHub(): Promise<FakeGitHub> {
  const token = 'ghs_canary';
  const server = createServer((request, response) => {
    void answer(gitHub, request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gitHub: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    comments: new Map(),
    issues: [],
    pullsOf: new Map(),
    writes: [],
    mayWrite: true,
    async stop() {
      server.close();
      await once(server, 'close');
    },
  };
  return gitHub;
}

async function answer(gitHub: FakeGitHub, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  };
  const { method = '', headers } = request;
  const { pathname, searchParams } = new URL(request.url ?? '', gitHub.url);
  const path = pathname.replace(repository, '');
  if (headers.authorization !== `Bearer ${gitHub.token}`) send(401, { message: 'Bad credentials' });
  else if (!pathname.startsWith(repository) || headers['user-agent'] === undefined)
    send(404, { message: 'Not Found' });
  else if (method === 'GET') send(200, page(read(gitHub, path, searchParams), searchParams));
  else if (!gitHub.mayWrite) send(403, { message: 'Resource not accessible by integration' });
  else {
    gitHub.writes.push(`${method} ${path}`);
    const written = write(gitHub, method, path, (await json(request)) as Partial<Entry>);
    if (written) send(method === 'POST' ? 201 : 200, written);
    else send(404, { message: 'Not Found' });
  }
}

/** Thirty to a page unless more are asked for; never more than a hundred. */
function page<T>(entries: readonly T[], search: URLSearchParams): readonly T[] {
  const size = Math.min(Number(search.get('per_page') ?? 30), 100);
  const start = (Number(search.get('page') ?? 1) - 1) * size;
  return entries.slice(start, start + size);
}

function read(gitHub: FakeGitHub, path: string, search: URLSearchParams): readonly unknown[] {
  const [, commit] = /^\/commits\/(\w+)\/pulls$/.exec(path) ?? [];
  if (commit !== undefined) return gitHub.pullsOf.get(commit) ?? [];
  const [, number] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
  if (number !== undefined) return gitHub.comments.get(Number(number)) ?? [];
  const [state, label] = [search.get('state') ?? 'open', search.get('labels')];
  return gitHub.issues.filter(
    (issue) => issue.state === state && (label === null || issue.labels?.includes(label) === true),
  );
}

function write(gitHub: FakeGitHub, method: string, path: string, body: Partial<Entry>): Entry | undefined {
  const id = gitHub.writes.length;
  const { comments, issues } = gitHub;
  if (method === 'POST') {
    const entry = { body: '', ...body, ...bot, id, number: id };
    const [, number] = /^\/issues\/(\d+)\/comments$/.exec(path) ?? [];
    if (number === undefined) issues.push({ ...entry, state: 'open' });
    else comments.set(Number(number), [...(comments.get(Number(number)) ?? []), entry]);
    return entry;
  }
  const [, kind, number] = /^\/issues\/(comments\/)?(\d+)$/.exec(path) ?? [];
  const lists = kind === undefined ? [issues] : [...comments.values()];
  for (const list of lists) {
    const index = list.findIndex(
      (entry) => (kind === undefined ? entry.number : entry.id) === Number(number),
    );
    const found = list[index];
    if (found) return (list[index] = { ...found, ...body });
  }
  return undefined;
}
