import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManifestError } from '../../src/errors';
import { loadManifest } from '../../src/manifest/load-manifest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-iac-contents-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }
}

const load = (overlays: readonly string[] = [], file = 'logto.yaml') =>
  loadManifest({
    files: [join(folder, file)],
    overlays: overlays.map((overlay) => join(folder, overlay)),
    environment: {},
  });

async function mistakes(): Promise<readonly string[]> {
  try {
    await load();
    return [];
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    return error.problems.map(
      ({ at, message }) =>
        `${at?.file.slice(folder.length + 1) ?? ''}:${at?.line ?? 0}:${at?.column ?? 0} ${message}`,
    );
  }
}

test('a file stands for a style sheet, a script, a template, and is taken as it is', async () => {
  write({
    'logto.yaml': `
signInExperience: { customCss: { file: ./css/a.css }, customContent: { /sign-in: { file: pages/sign-in.html } } }
jwtCustomizers: { access-token: { script: { file: a.js } } }
emailTemplates:
  a: { languageTag: en, templateType: SignIn, details: { subject: s, content: { file: mail.html } } }
`,
    'css/a.css': 'a {}\r\n  \n',
    'pages/sign-in.html': '<b>${var.nothing}</b>',
    'a.js': 'x\n',
    'mail.html': '{{code}}',
  });
  const { desired } = await load();
  expect([...desired.values()].map(({ address, fields }) => [address, fields])).toEqual([
    [
      'emailTemplates.a',
      { languageTag: 'en', templateType: 'SignIn', details: { subject: 's', content: '{{code}}' } },
    ],
    [
      'signInExperience',
      { customCss: 'a {}\r\n  \n', customContent: { '/sign-in': '<b>${var.nothing}</b>' } },
    ],
    ['jwtCustomizers.access-token', { tokenTypePath: 'access-token', script: 'x\n' }],
  ]);
});

test('a path is relative to the manifest or overlay that it stands in', async () => {
  write({
    'logto.yaml': 'accountCenter: { customCss: { file: a.css } }',
    'a.css': 'base',
    'overlays/prod.yaml': 'accountCenter: { customCss: { file: a.css } }',
    'overlays/a.css': 'prod',
  });
  const css = async (overlays: readonly string[]) =>
    (await load(overlays)).desired.get('accountCenter')?.fields['customCss'];
  expect([await css([]), await css(['overlays/prod.yaml'])]).toEqual(['base', 'prod']);
});

test('phrases come from a YAML or JSON file, and their mistakes are told where they are', async () => {
  write({
    'logto.yaml': `customPhrases:
  a: { languageTag: de, translation: { file: de.yaml } }
  b: { languageTag: fr, translation: { file: fr.json } }
`,
    'de.yaml': 'action:\n  sign_in: Los\n  sign_in: Auf\n',
    'fr.json': '{ "action": { "sign_in": "Allez" } }',
  });
  expect(await mistakes()).toEqual([expect.stringMatching(/^de\.yaml:3:3 .*sign_in/)]);
  write({ 'de.yaml': 'action: { sign_in: Los }' });
  const { desired } = await load();
  expect([...desired.values()].map(({ fields }) => fields['translation'])).toEqual([
    { action: { sign_in: 'Los' } },
    { action: { sign_in: 'Allez' } },
  ]);
});

test('a file that is not there, or lies elsewhere, is told at its name', async () => {
  write({
    'logto.yaml': `accountCenter: { customCss: { file: none.css } }
signInExperience: { customCss: { file: ../elsewhere.css } }
jwtCustomizers: { access-token: { script: { file: link.js } } }
`,
  });
  symlinkSync('/etc/hostname', join(folder, 'link.js'));
  expect(await mistakes()).toEqual([
    'logto.yaml:1:37 the file none.css cannot be read: there is no such file',
    'logto.yaml:2:40 the file ../elsewhere.css is not in the folder of the manifest',
    'logto.yaml:3:51 the file link.js is a link that leads out of the folder of the manifest',
  ]);
});

test('a map with more than the file is a mistake', async () => {
  write({ 'logto.yaml': 'accountCenter: { customCss: { file: a.css, media: print } }', 'a.css': '' });
  expect(await mistakes()).toEqual([
    'logto.yaml:1:18 customCss of accountCenter must be a text or null, not a map',
  ]);
});
