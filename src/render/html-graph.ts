import type { AccessGraph } from '../access/access-graph.js';
import type { GraphSource } from './graph-document.js';
import { accessFacts, accessSections } from './html-access.js';
import { htmlPage } from './html-page.js';
import { markup } from './markup.js';
import type { RenderOptions } from './report.js';

/** The access graph as one page. */
export function graphHtml(
  graph: AccessGraph,
  { stack, endpoint }: GraphSource,
  { version }: Pick<RenderOptions, 'version'>,
): string {
  const sections = accessSections(graph);
  const nothing = {
    id: 'graph',
    title: 'Access graph',
    content: markup`<p class="empty">Nobody has a role or a permission.</p>`,
  };
  const facts = [endpoint ?? 'by the manifest', accessFacts(graph), `logto-iac ${version}`];
  return htmlPage({
    title: endpoint === undefined ? `Access: ${stack}` : 'Access in the tenant',
    facts: facts.map((fact) => markup`<span>${fact}</span>`),
    sections: sections.length > 0 ? sections : [nothing],
  });
}
