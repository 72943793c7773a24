import { acceptDrift } from '../../src/accept/accept-drift';
import { recordAcceptance } from '../../src/accept/record-acceptance';
import { apply, plan } from '../../src/index';
import { formatPath } from '../../src/render/plan-document';
import { loadFromSources, type ManifestSources } from '../../src/manifest/load-manifest';
import { SourceText } from '../../src/manifest/source-text';
import { causesOf } from '../../src/plan/cause';
import type { Session } from '../../src/reconcile';

/** What became of drift. */
export interface Accepted {
  /** Of the manifest, after it was edited. */
  readonly text: string;
  /** `applications.web: description`. */
  readonly accepted: readonly string[];
  readonly left: readonly string[];
  readonly pending: number;
  readonly unknown: number;
  /** What the plan of the manifest as it is then still does. */
  readonly actions: readonly string[];
}

export interface Manifests {
  readonly environment?: Readonly<Record<string, string>>;
  readonly deletions?: boolean;
}

const loadOptions = ({ environment = {} }: Manifests) => ({
  files: [],
  variables: {},
  allowEmpty: true,
  environment,
});

const sourcesOf = (text: string): ManifestSources => ({
  manifests: [new SourceText('logto.yaml', text)],
  overlays: [],
});

/** Applies a manifest, in this process. */
export async function applied(text: string, session: Session, options: Manifests = {}): Promise<void> {
  const manifest = await loadFromSources(sourcesOf(text), loadOptions(options));
  const { outcomes } = await apply(await plan(manifest, session), session, { lock: false });
  const failure = outcomes.find(({ status }) => status === 'failed');
  if (failure?.status === 'failed') throw failure.error;
}

/** Takes over into a manifest what its tenant has otherwise, and lets the ledger know. */
export async function accepted(text: string, session: Session, options: Manifests = {}): Promise<Accepted> {
  const [sources, load] = [sourcesOf(text), loadOptions(options)];
  const planned = await plan(await loadFromSources(sources, load), session);
  const causes = causesOf(planned.plan, planned.manifest.desired, planned.ledger, session.hashKey);
  const acceptance = await acceptDrift(planned, {
    sources,
    loadOptions: load,
    causes,
    deletions: options.deletions ?? false,
    planAgain: (manifest) => plan(manifest, session),
  });
  await recordAcceptance(planned, acceptance, session);
  const [source] = sources.manifests;
  const after = (source && acceptance.texts.get(source)) ?? text;
  const then = await plan(await loadFromSources(sourcesOf(after), load), session);
  return {
    text: after,
    accepted: acceptance.accepted.map(({ address, path }) => nameOf(address, path)),
    left: acceptance.left.map(({ problem }) => problem.message),
    pending: acceptance.pending,
    unknown: acceptance.unknown,
    actions: then.plan.actions.map(({ type, address }) => `${type} ${address}`),
  };
}

const nameOf = (address: string, path: readonly string[]): string =>
  path.length === 0 ? address : `${address}: ${formatPath(path)}`;
