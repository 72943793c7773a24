/** Methods that koa-router knows; any other is answered with 501. */
const knownMethods = new Set(['HEAD', 'OPTIONS', 'GET', 'PUT', 'PATCH', 'POST', 'DELETE']);

export interface Match<Handler> {
  readonly handler: Handler;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Why there is no handler: the answer's status, and the methods that the path has. */
export interface NoMatch {
  readonly status: 200 | 404 | 405 | 501;
  readonly allowed: readonly string[];
}

/**
 * Finds the handler of a request by method and path.
 *
 * Paths are matched as koa-router does by default: upper and lower case are one, a slash at the end does not matter.
 */
export class Router<Handler> {
  readonly #routes: { method: string; pattern: RegExp; names: readonly string[]; handler: Handler }[] = [];

  add(method: string, path: string, handler: Handler): void {
    const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
    const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '([^/]+?)')}/?$`, 'i');
    this.#routes.push({ method, pattern, names, handler });
  }

  find(method: string, path: string): Match<Handler> | NoMatch {
    const allowed = new Set<string>();
    for (const { pattern, names, handler, ...route } of this.#routes) {
      const values = pattern.exec(path);
      if (values === null) continue;
      if (route.method === method || (route.method === 'GET' && method === 'HEAD')) {
        const parameters = names.map((name, index) => [name, decode(values[index + 1] ?? '')]);
        return { handler, parameters: Object.fromEntries(parameters) as Record<string, string> };
      }
      allowed.add(route.method);
      if (route.method === 'GET') allowed.add('HEAD');
    }
    return { status: statusOfMiss(method, allowed), allowed: [...allowed] };
  }
}

function statusOfMiss(method: string, allowed: ReadonlySet<string>): NoMatch['status'] {
  if (!knownMethods.has(method)) return 501;
  if (allowed.size === 0) return 404;
  return method === 'OPTIONS' ? 200 : 405;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
