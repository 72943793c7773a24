import { UsageError } from '../../errors.js';
import type { AccessGraph } from '../../access/access-graph.js';
import type { GraphFormat } from '../../render/graph-formats.js';
import type { GraphSource } from '../../render/graph-document.js';
import { exitCode, type ExitCode } from '../exit-code.js';
import { loadManifestFromFlags } from '../load-manifest-from-flags.js';
import { graphFormats, type ManifestFlags, type TenantFlags } from '../options.js';
import { readOutputs, type Formats, type ReportFlags } from '../outputs.js';
import { ownVersion } from '../version.js';
import { withSession } from '../with-session.js';
import { writeWholeFile } from '../write-file.js';

interface GraphFlags extends ManifestFlags, TenantFlags, ReportFlags {
  /** Of the tenant, not of a manifest. */
  readonly tenant?: boolean;
  readonly users?: boolean;
}

const ofGraphs: Formats<GraphFormat> = {
  known: graphFormats,
  byEnding: { '.html': 'html', '.svg': 'svg', '.mmd': 'mermaid', '.mermaid': 'mermaid', '.json': 'json' },
};

/** Draws who can reach what. */
export async function graph(flags: GraphFlags): Promise<ExitCode> {
  const outputs = await readOutputs(flags, ofGraphs);
  if (flags.tenant && flags.file !== undefined) {
    throw new UsageError('-f and --tenant are two graphs', 'ask for one after the other');
  }
  const [made, source] = flags.tenant ? await ofTenant(flags) : await ofManifest(flags);
  const { renderGraph } = await import('../../render/graph-formats.js');
  const render = (format: GraphFormat): Promise<string> =>
    renderGraph(format, made, source, { version: ownVersion() });
  if (outputs.files.length === 0) process.stdout.write(await render(outputs.format));
  for (const { format, path } of outputs.files) await writeWholeFile(path, await render(format));
  return exitCode.done;
}

type Made = readonly [AccessGraph, GraphSource];

async function ofManifest(flags: GraphFlags): Promise<Made> {
  const manifest = await loadManifestFromFlags(flags);
  const { manifestGraph } = await import('../../access/manifest-graph.js');
  return [manifestGraph(manifest), { stack: manifest.stack }];
}

async function ofTenant(flags: GraphFlags): Promise<Made> {
  const { tenantGraph } = await import('../../access/tenant-graph.js');
  return withSession(flags, async ({ tenant }, progress) => {
    const made = await tenantGraph(tenant.read, {
      users: flags.users ?? false,
      onRead: (done, total) => {
        progress.advance(done, total);
      },
    });
    return [made, { stack: flags.stack ?? 'default', endpoint: tenant.endpoint }];
  });
}
