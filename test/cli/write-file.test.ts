import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { refuseUnwritable } from '../../src/cli/outputs';
import { writeWholeFile } from '../../src/cli/write-file';
import { useFolder } from './folder';

const folder = useFolder();
const at = (name: string): string => join(folder.path, name);

test('a file is written over, or made with the mode that is asked for, and nothing else is left', async () => {
  folder.write({ 'a.json': 'a' });
  await writeWholeFile(at('a.json'), 'A');
  await writeWholeFile(at('b.env'), 'B', { mode: 0o600 });
  expect(folder.names()).toEqual(['a.json', 'b.env']);
  expect([folder.read('a.json'), folder.read('b.env')]).toEqual(['A', 'B']);
  expect(statSync(at('b.env')).mode & 0o777).toBe(0o600);
});

test('a file that is written over keeps its mode, unless another is asked for', async () => {
  folder.write({ 'a.json': 'a', 'b.env': 'b' });
  chmodSync(at('a.json'), 0o626);
  chmodSync(at('b.env'), 0o666);
  await writeWholeFile(at('a.json'), 'A');
  await writeWholeFile(at('b.env'), 'B', { mode: 0o600 });
  expect(['a.json', 'b.env'].map((name) => statSync(at(name)).mode & 0o777)).toEqual([0o626, 0o600]);
});

test('what a link leads to is written, and the link stays', async () => {
  folder.write({ 'real/a.json': 'a' });
  symlinkSync(at('real/a.json'), at('a.json'));
  await writeWholeFile(at('a.json'), 'A');
  expect(lstatSync(at('a.json')).isSymbolicLink()).toBe(true);
  expect(folder.read('real/a.json')).toBe('A');
});

test('what a link leads to is made where nothing is there yet; links in a circle are told', async () => {
  mkdirSync(at('real'));
  symlinkSync('real/a.json', at('a.json'));
  symlinkSync('y', at('x'));
  symlinkSync('x', at('y'));
  await writeWholeFile(at('a.json'), 'A');
  expect(lstatSync(at('a.json')).isSymbolicLink()).toBe(true);
  expect(folder.read('real/a.json')).toBe('A');
  await expect(writeWholeFile(at('x'), 'A')).rejects.toThrow(
    `cannot write ${at('x')}: its links lead in a circle`,
  );
});

test('what is written to a stream that is open stands behind what was written there before', () => {
  folder.write({ log: 'first\n', 'logto.yaml': 'roles: { r: { name: R, description: R } }\n' });
  const main = join(__dirname, '..', '..', 'dist', 'cli', 'main.js');
  execFileSync('bash', ['-c', `"${process.execPath}" "${main}" validate --out json:/dev/fd/1 >> log`], {
    cwd: folder.path,
  });
  const log = folder.read('log');
  expect(log.startsWith('first\n')).toBe(true);
  expect(log).toContain('"formatVersion": 1');
  expect(log).toContain('Valid: 1 resource in the stack "default".');
});

test('a pipe is written to, and stays one', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  const reader = spawn('cat', [at('pipe')]);
  try {
    await refuseUnwritable(at('pipe'));
    await writeWholeFile(at('pipe'), 'A');
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
    const [read] = await Promise.all([text(reader.stdout), once(reader, 'close')]);
    expect(read).toBe('A');
  } finally {
    reader.kill();
  }
});

test('what cannot be written is told before, and when it is written', async () => {
  mkdirSync(at('reports'));
  folder.write({ file: '' });
  await expect(refuseUnwritable(at('reports'))).rejects.toThrow(
    `cannot write ${at('reports')}: it is a folder`,
  );
  for (const path of [at('nowhere/a.json'), at('file/a.json')]) {
    await expect(refuseUnwritable(path)).rejects.toThrow(
      `cannot write ${path}: its folder is not there, or must not be written to`,
    );
  }
  await expect(writeWholeFile(at('reports'), 'A')).rejects.toThrow('EISDIR');
  await expect(writeWholeFile(at('nowhere/a.json'), 'A')).rejects.toThrow('cannot write');
  expect(folder.names()).toEqual(['file']);
});
