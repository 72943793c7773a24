import { ManifestError } from '../../src/errors';
import { apply, plan } from '../../src/index';
import { kinds } from '../../src/kinds';
import { formatProblem } from '../../src/manifest/format-problem';
import { parseManifest, type ManifestText } from '../../src/manifest/load-manifest';
import type { Manifest } from '../../src/manifest/manifest';
import { openSession } from '../../src/open-session';
import { pageOf } from '../../src/reference/pages';
import { useEmulator } from '../support/emulator';
import { blocks, placeOf, type Block } from './pages';

const emulator = useEmulator();

/** A block that begins with the name of a file is that file. */
const nameOf = ({ text }: Block): string | undefined => /^# ([\w./-]+\.ya?ml)\n/.exec(text)?.[1];

const asText = (block: Block): ManifestText => ({ name: nameOf(block) ?? 'logto.yaml', text: block.text });

/** The block above on the same page that shows the file of that name. */
function blockOf(name: string, { page, line }: Block): Block {
  const above = blocks.filter(
    (block) => block.page === page && block.line < line && block.language === 'yaml',
  );
  const found = above.findLast((block) => nameOf(block) === name && block.check === undefined);
  if (!found) throw new Error(`${page}:${line}: no block above shows ${name}`);
  return found;
}

/** Every variable of the environment that the texts name has a value. */
const environmentOf = (texts: readonly ManifestText[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    texts
      .flatMap(({ text }) => [...text.matchAll(/\benv: (\w+)/g)])
      .map(([, name = '']) => [name, `canary-${name}`]),
  );

/** A block with what the page says that it belongs to. */
async function load(block: Block): Promise<Manifest> {
  const [, relation, name = ''] = /^(more|overlay) of (.+)$/.exec(block.check ?? '') ?? [];
  const base = relation === undefined ? [] : [asText(blockOf(name, block))];
  const texts = relation === 'overlay' ? base : [...base, asText(block)];
  const overlays = relation === 'overlay' ? [asText(block)] : [];
  return parseManifest(texts, { environment: environmentOf([...texts, ...overlays]), overlays });
}

const manifests = blocks.filter(
  ({ language, check = '' }) => language === 'yaml' && /^$|^(more|overlay) of |^valid, but/.test(check),
);

test.each(manifests.map((block) => [placeOf(block), block] as const))(
  'the manifest at %s is valid, without a warning',
  async (_place, block) => {
    const { warnings } = await load(block);
    expect(warnings).toEqual([]);
  },
);

const pagesOfKinds = kinds.map((kind) => `docs/${pageOf(kind)}`);
const examples = manifests.filter(({ page, check }) => pagesOfKinds.includes(page) && check === undefined);

test('the page of each kind that a Logto of one’s own offers has an example', () => {
  const pages = examples.map(({ page }) => page);
  expect(pagesOfKinds.filter((page) => !pages.includes(page))).toEqual(['docs/kinds/domains.md']);
});

test.each(examples.map((block) => [block.page, block] as const))(
  'the example of %s is applied, and then there is nothing to do',
  async (_page, block) => {
    if (block.text.includes('legacy-sync')) {
      await emulator.request('POST', '/api/applications', { name: 'Legacy sync', type: 'MachineToMachine' });
    }
    const session = openSession({ ...emulator, endpoint: emulator.url });
    try {
      const manifest = await load(block);
      const { outcomes } = await apply(await plan(manifest, session), session);
      expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([]);
      const again = await plan(manifest, session);
      expect([again.plan.actions, again.plan.warnings]).toEqual([[], []]);
    } finally {
      session.tenant.close();
    }
  },
);

const wrong = blocks.filter(({ check }) => check?.startsWith('wrong: '));

test.each(wrong.map((block) => [placeOf(block), block] as const))(
  'the manifest at %s is wrong as the page says',
  async (_place, block) => {
    const problems = await problemsOf(block);
    expect(problems.map(({ code }) => code).join(', ')).toBe(block.check?.slice('wrong: '.length));
    const [next] = blocks.filter(({ page, line }) => page === block.page && line > block.line);
    expect(next?.check).toBe('problems of the manifest above');
    expect(problems.map(formatProblem).join('\n')).toBe(next?.text.trimEnd());
  },
);

/** Errors, or warnings where it is valid. */
async function problemsOf(block: Block) {
  try {
    return (await parseManifest([asText(block)])).warnings;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problems;
  }
}
