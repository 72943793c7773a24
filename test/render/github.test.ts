import type { Problem } from '../../src/errors';
import { fileUri } from '../../src/render/file-uri';
import { reportGithub } from '../../src/render/github';
import { reportSarif } from '../../src/render/sarif';
import type { Report } from '../../src/render/report';

const problem = (file: string, message = 'wrong'): Problem => ({
  code: 'wrong-value',
  severity: 'error',
  message,
  at: { file, line: 4, column: 7 },
});
const invalid = (problems: readonly Problem[]): Report => ({
  type: 'failure',
  command: 'validate',
  reason: 'invalid',
  message: '',
  problems,
});

test.each([
  ['tenant/logto.yaml', 'tenant/logto.yaml'],
  ['a b/ü#?%.yaml', 'a%20b/%C3%BC%23%3F%25.yaml'],
  ['tenant\\logto.yaml', 'tenant/logto.yaml'],
  ['C:\\builds\\tenant\\logto.yaml', 'file:///C:/builds/tenant/logto.yaml'],
  ['\\\\server\\share\\logto.yaml', 'file://server/share/logto.yaml'],
  ['/builds/logto.yaml', 'file:///builds/logto.yaml'],
  ['<stdin>', '%3Cstdin%3E'],
])('the file %s is %s in SARIF', (file, uri) => {
  expect(fileUri(file)).toBe(uri);
  expect(new URL(uri, 'file:///top/').protocol).toBe('file:');
  const log = reportSarif(invalid([problem(file)]), { version: '1' });
  expect(log).toContain(JSON.stringify(uri));
});

test('an annotation says nothing but what it is told, also about files of Windows', () => {
  const message = 'one\r\n::error::two, 50%: three';
  expect(reportGithub(invalid([problem('C:\\builds\\a,b.yaml', message)]))).toBe(
    '::error file=C%3A/builds/a%2Cb.yaml,line=4,col=7,title=logto-iac%3A wrong-value::one%0D%0A::error::two, 50%25: three\n',
  );
});

test('files are named from the top of the repository where that is known', () => {
  const fileInRepository = (file: string): string => `deploy/${file}`;
  expect(reportGithub(invalid([problem('logto.yaml')]), { fileInRepository })).toContain(
    'file=deploy/logto.yaml,',
  );
});

test('GitHub shows ten annotations of a level, so the tenth says how many more there are', () => {
  const lines = reportGithub(invalid(Array.from({ length: 12 }, () => problem('logto.yaml')))).split('\n');
  expect(lines.slice(8)).toEqual([
    expect.stringMatching(/^::error file=/) as string,
    '::error::logto-iac validate: 3 more like these',
    '',
  ]);
});
