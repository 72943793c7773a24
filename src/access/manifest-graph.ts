import type { Manifest } from '../manifest/manifest.js';
import type { Plan } from '../plan/plan.js';
import { shownFields } from '../plan/redact.js';
import type { AccessGraph } from './access-graph.js';
import { accessGraph } from './make-graph.js';

/** Who can reach what, by a manifest; with a plan, also what that adds and removes. Holds no secret. */
export function manifestGraph(manifest: Manifest, plan?: Pick<Plan, 'actions'>): AccessGraph {
  const disclosure = { manifest, catalogues: new Map() };
  const shown = [...manifest.desired.values()].map((resource) => ({
    ...resource,
    fields: shownFields(resource, disclosure),
  }));
  return accessGraph(shown, plan);
}
