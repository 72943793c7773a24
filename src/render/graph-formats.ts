import type { AccessGraph } from '../access/access-graph.js';
import type { GraphSource } from './graph-document.js';
import type { RenderOptions } from './report.js';

export type GraphFormat = 'mermaid' | 'svg' | 'html' | 'json';

/** The access graph in one format. */
export async function renderGraph(
  format: GraphFormat,
  graph: AccessGraph,
  source: GraphSource,
  options: Pick<RenderOptions, 'version'>,
): Promise<string> {
  switch (format) {
    case 'mermaid':
      return (await import('./graph-mermaid.js')).graphMermaid(graph);
    case 'svg':
      return (await import('./graph-svg.js')).graphSvg(graph);
    case 'html':
      return (await import('./html-graph.js')).graphHtml(graph, source, options);
    case 'json': {
      const { graphDocument } = await import('./graph-document.js');
      return `${JSON.stringify(graphDocument(graph, source), null, 2)}\n`;
    }
  }
}
