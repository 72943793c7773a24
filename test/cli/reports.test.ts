import '@microsoft/jest-sarif';

import { useEmulator } from '../support/emulator';
import { runCli } from '../support/run-cli';
import { orders, useFolder, webShop } from './folder';

const emulator = useEmulator();
const folder = useFolder();
const run = (line: string, environment: Readonly<Record<string, string>> = {}) =>
  runCli(line.split(' '), { folder: folder.path, tenant: emulator, environment });

test('one run writes several formats, each to its file, beside the plan that is kept and what is printed', async () => {
  folder.write({ 'logto.yaml': orders });
  const planned = await run(
    'plan --out plan.json --out comment.md --out plan.sarif --out junit:results/tests --out plan.html --out json:document.json --out github:notes --out text:all.txt'.replace(
      'results/',
      '',
    ),
  );
  expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
  expect(folder.names()).toEqual([
    'all.txt',
    'comment.md',
    'document.json',
    'logto.yaml',
    'notes',
    'plan.html',
    'plan.json',
    'plan.sarif',
    'tests',
  ]);
  expect(folder.read('all.txt')).toBe(planned.stdout);
  const { inputs, ...plan } = JSON.parse(folder.read('plan.json')) as Readonly<Record<string, unknown>>;
  expect(inputs).toEqual({ file: ['logto.yaml'] });
  expect(JSON.parse(folder.read('document.json'))).toEqual(plan);
  expect(JSON.parse(folder.read('plan.sarif'))).toBeValidSarifLog();
  expect(folder.read('comment.md')).toMatch(
    /^<!-- logto-iac plan orders -->\n\n### logto-iac plan: 4 changes\n/,
  );
  expect(folder.read('tests')).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /);
  expect(folder.read('plan.html')).toContain('<section id="matrix"');
  expect(folder.read('notes')).toMatch(/^::notice file=logto\.yaml,line=3,/);
  expect(await run('apply plan.json --out done.md --format json')).toMatchObject({ exitCode: 0 });
  expect(folder.read('done.md')).toContain('### logto-iac apply: 4 changes made');
});

test('drift is told at its place in the manifest, from the top of the repository', async () => {
  folder.write({ 'tenant/logto.yaml': webShop });
  await run('apply --yes -f tenant/logto.yaml');
  const { body } = await emulator.request('GET', '/api/applications');
  const [web] = body as readonly { readonly id: string }[];
  await emulator.request('PATCH', `/api/applications/${web?.id ?? ''}`, { name: 'Shop' });
  const inWorkflow = await runCli(
    ['drift', '--format', 'github', '--out', 'drift.sarif', '-f', 'logto.yaml'],
    {
      folder: `${folder.path}/tenant`,
      tenant: emulator,
      environment: { GITHUB_WORKSPACE: folder.path },
    },
  );
  expect(inWorkflow).toEqual({
    exitCode: 2,
    stdout:
      '::error file=tenant/logto.yaml,line=2,endLine=2,col=16,endColumn=24,title=logto-iac%3A drift::applications.web was changed in the tenant: name\n',
    stderr: '',
  });
  expect(folder.read('tenant/drift.sarif')).toContain('"uri": "tenant/logto.yaml"');
});

test('a command that does not come to its result tells that in each format, and is the same exit code', async () => {
  folder.write({ 'logto.yaml': webShop.replace('SPA', 'SPAA') });
  const invalid = await run('plan --format sarif --out comment.md --out report.html --out json:plan.json');
  expect(invalid).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('\n1 error') as string });
  expect(JSON.parse(invalid.stdout)).toBeValidSarifLog();
  expect(JSON.parse(invalid.stdout)).toMatchObject({ runs: [{ results: [{ ruleId: 'wrong-value' }] }] });
  expect(folder.read('comment.md')).toContain('### logto-iac plan: the manifest is not valid');
  expect(folder.names()).toEqual(['comment.md', 'logto.yaml', 'report.html']);
  folder.write({ 'logto.yaml': webShop });
  await run('apply --yes');
  folder.write({ 'logto.yaml': webShop.replace('SPA', 'Native') });
  const refused = await run('apply --yes --format junit');
  expect(refused).toMatchObject({
    exitCode: 5,
    stdout: expect.stringContaining('<failure type="replacement"') as string,
  });
  await emulator.faults([{ type: 'status', path: '/api/applications*', status: 403, count: 'always' }]);
  const unreachable = await run('drift --format github');
  expect(unreachable).toMatchObject({
    exitCode: 4,
    stdout: expect.stringMatching(/^::error title=logto-iac%3A failed::/) as string,
  });
});

test('validate tells its problems in each format', async () => {
  folder.write({ 'logto.yaml': webShop, 'wrong.yaml': 'applications: { web: { nme: Web, type: SPA } }\n' });
  expect(await run('validate --format markdown')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('1 resource in the stack `default`.') as string,
  });
  const wrong = await run('validate -f wrong.yaml --format github --out problems.xml');
  expect(wrong).toMatchObject({ exitCode: 3, stderr: '' });
  expect(wrong.stdout.split('\n').map((line) => line.slice(0, 32))).toEqual([
    '::error file=wrong.yaml,line=1,e',
    '::error file=wrong.yaml,line=1,e',
    '',
  ]);
  expect(folder.read('problems.xml')).toContain('failures="2"');
});

test('the graph of a manifest and of the tenant that it was applied to say the same', async () => {
  folder.write({ 'logto.yaml': orders });
  await run('apply --yes');
  const reach = async (line: string): Promise<readonly unknown[]> => {
    const { stdout, exitCode, stderr } = await run(line);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const document = JSON.parse(stdout) as {
      readonly nodes: readonly { readonly id: string; readonly label: string }[];
      readonly reach: readonly { readonly subject: string; readonly permission: string }[];
    };
    const label = (id: string): string => document.nodes.find((node) => node.id === id)?.label ?? id;
    return document.reach.map(({ subject, permission }) => `${label(subject)}: ${label(permission)}`);
  };
  expect(await reach('graph --format json')).toEqual(['Worker: orders:read']);
  // There is more in the tenant: who looks at it is an application with a role too.
  expect(await reach('graph --tenant --format json')).toEqual(
    expect.arrayContaining(['Worker: orders:read', expect.stringMatching(/: all$/)]),
  );
  expect(await run('graph --out access.html --out access.svg --out access.mmd')).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '',
  });
  expect(folder.read('access.svg')).toMatch(/^<\?xml .*\n<svg class="graph" /);
  expect(folder.read('access.mmd')).toMatch(/^flowchart LR\n/);
});
