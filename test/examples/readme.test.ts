import { CommanderError, type Command } from 'commander';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { makeProgram } from '../../src/cli/program';
import { loadManifest, parseManifest } from '../../src/manifest/load-manifest';

const root = join(__dirname, '..', '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

/** The texts of the fenced blocks of one language. */
const blocksOf = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, text]) => text ?? '',
  );

const yamlBlocks = blocksOf(read('README.md'), 'yaml');
const isOverlay = (text: string): boolean => /^# (prod|rotation)\.yaml\n/.test(text);
const isPipeline = (text: string): boolean => text.startsWith('# .github/workflows/');
const manifests = yamlBlocks.filter((text) => !isOverlay(text) && !isPipeline(text));
const overlays = yamlBlocks.filter(isOverlay);

test('the README shows a manifest, two overlays and two pipelines', () => {
  expect([manifests.length, overlays.length, yamlBlocks.filter(isPipeline).length]).toEqual([1, 2, 2]);
});

const environment = { CRM_API_KEY: 'x' };
const asText = (text: string) => ({ name: 'README.md', text });

test.each(manifests)('the manifest of the README is valid, without a warning: %#', async (text) => {
  const { warnings } = await parseManifest([asText(text)], { environment });
  expect(warnings).toEqual([]);
});

test('the overlay of the README fits its manifest', async () => {
  const { desired, warnings } = await parseManifest(manifests.map(asText), {
    environment,
    overlays: overlays.map(asText),
  });
  expect(warnings).toEqual([]);
  expect(desired.get('applications.web')).toMatchObject({
    fields: { oidcClientMetadata: { redirectUris: ['https://shop.example.com/callback'] } },
    lifecycle: { protect: true },
  });
});

test('the constructs of the README come to a manifest that is valid', async () => {
  const [program = ''] = blocksOf(read('README.md'), 'js');
  const folder = mkdtempSync(join(tmpdir(), 'logto-iac-readme-'));
  try {
    // In the folder of the package, which may refer to itself by its name.
    await promisify(execFile)(process.execPath, ['-e', program], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: folder },
    });
    const { desired } = await loadManifest({ files: [join(folder, 'stacks', 'shop', 'logto')] });
    expect([...desired.keys()]).toEqual([
      'apiResources.orders',
      'apiResources.orders.scopes.orders:read',
      'roles.order-worker',
      'applications.worker',
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const documents = ['README.md', 'CONTRIBUTING.md', ...examplesWithCommands()];

/** Everything in examples/ that people read: pages, pipelines, comments of manifests. */
function examplesWithCommands(): readonly string[] {
  return readdirSync(join(root, 'examples'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|ya?ml)$/.test(name))
    .map((name) => join('examples', name));
}

/** The command lines that a text shows: in shell blocks, in code spans, in steps of pipelines and in comments. */
function commandLinesOf(text: string): readonly string[] {
  const shown = [
    ...blocksOf(text, 'sh').flatMap((block) => block.split('\n')),
    ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? ''),
    ...[...text.matchAll(/^ *-? ?run: (.*)$/gm)].map(([, line]) => line ?? ''),
    ...[...text.matchAll(/^# {2,}(logto-iac .*)$/gm)].map(([, line]) => line ?? ''),
  ];
  return shown
    .flatMap((line) => line.replace(/\s+#.*$/, '').split(/&&|\|\||[|>]/))
    .map((part) => part.trim().replace(/^npx /, ''))
    .filter((part) => part.startsWith('logto-iac '));
}

const commandLines = documents.flatMap((name) =>
  [...new Set(commandLinesOf(read(name)))].map((line) => [name, line] as const),
);

/** Lets every command parse its arguments and do nothing. */
function withoutActions(command: Command): Command {
  command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  command.commands.forEach(withoutActions);
  return command;
}

test.each(commandLines)('%s: logto-iac understands `%s`', (_document, line) => {
  const words = line.split(/\s+/).slice(1);
  try {
    withoutActions(makeProgram(() => undefined)).parse(words, { from: 'user' });
  } catch (error) {
    // Help and version end with a CommanderError too.
    if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
  }
});

test('every command is explained in the README', () => {
  const names = makeProgram(() => undefined).commands.map((command) => command.name());
  const shown = new Set(commandLinesOf(read('README.md')).map((line) => line.split(' ')[1]));
  expect(names.filter((name) => !shown.has(name))).toEqual([]);
});

test('every file that a page links to exists, and every npm script that it names', () => {
  const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts);
  for (const name of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/gitops/README.md']) {
    const text = read(name);
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link]) => link ?? '');
    expect(links.filter((link) => !existsSync(join(root, name, '..', link)))).toEqual([]);
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script]) => script ?? '');
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  }
});
