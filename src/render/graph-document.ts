import type { AccessGraph } from '../access/access-graph.js';
import { reachOf } from '../access/reach.js';

/** Where a graph comes from. */
export interface GraphSource {
  readonly stack: string;
  /** The tenant; absent for a graph of manifests alone. */
  readonly endpoint?: string;
}

/** The graph as JSON, with every way from somebody to a permission; see schema/graph.schema.json. */
export const graphDocument = (graph: AccessGraph, source: GraphSource): object => ({
  formatVersion: 1,
  ...source,
  nodes: graph.nodes,
  edges: graph.edges,
  reach: reachOf(graph),
});
