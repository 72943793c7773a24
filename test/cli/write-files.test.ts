import { chmodSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { writeFiles } from '../../src/cli/write-files';
import { useFolder } from './folder';

const folder = useFolder();
const at = (name: string): string => join(folder.path, name);

test('files are written over, new ones made, and nothing else is left', () => {
  folder.write({ 'a.yaml': 'a' });
  chmodSync(at('a.yaml'), 0o600);
  writeFiles([
    { path: at('a.yaml'), text: 'A', before: 'a' },
    { path: at('deep/er/b.css'), text: 'B', before: undefined },
  ]);
  expect(folder.names()).toEqual(['a.yaml', 'deep/er/b.css']);
  expect([folder.read('a.yaml'), folder.read('deep/er/b.css')]).toEqual(['A', 'B']);
  expect(statSync(at('a.yaml')).mode & 0o777).toBe(0o600);
});

test('a file keeps its mode, whatever those who make new files are denied', () => {
  folder.write({ 'a.yaml': 'a' });
  chmodSync(at('a.yaml'), 0o666);
  const umask = process.umask(0o027);
  try {
    writeFiles([
      { path: at('a.yaml'), text: 'A', before: 'a' },
      { path: at('b.yaml'), text: 'B', before: undefined },
    ]);
  } finally {
    process.umask(umask);
  }
  expect(['a.yaml', 'b.yaml'].map((name) => statSync(at(name)).mode & 0o777)).toEqual([0o666, 0o640]);
});

test('where one of them cannot be put in its place, all are as they were', () => {
  folder.write({ 'a.yaml': 'a' });
  mkdirSync(at('c'));
  const write = () => {
    writeFiles([
      { path: at('a.yaml'), text: 'A', before: 'a' },
      { path: at('b.yaml'), text: 'B', before: undefined },
      { path: at('a.yaml/c.css'), text: 'C', before: undefined },
    ]);
  };
  expect(write).toThrow(/cannot write/);
  expect(folder.names()).toEqual(['a.yaml']);
  expect(folder.read('a.yaml')).toBe('a');
});

test('a file that somebody has changed, made or removed meanwhile is not written over, nor is any other', () => {
  folder.write({ 'a.yaml': 'a', 'b.yaml': 'changed', 'c.yaml': 'made' });
  for (const [name, before] of [
    ['b.yaml', 'b'],
    ['c.yaml', undefined],
    ['d.yaml', 'd'],
  ] as const) {
    const write = () => {
      writeFiles([
        { path: at('a.yaml'), text: 'A', before: 'a' },
        { path: at(name), text: 'new', before },
      ]);
    };
    expect(write).toThrow(`${name} has changed since it was read`);
  }
  expect(folder.read('a.yaml')).toBe('a');
});

test('what a link leads to is written, and a byte order mark stays', () => {
  folder.write({ 'real/a.yaml': '\uFEFFa' });
  symlinkSync(at('real/a.yaml'), at('a.yaml'));
  writeFiles([{ path: at('a.yaml'), text: 'A', before: 'a' }]);
  expect(lstatSync(at('a.yaml')).isSymbolicLink()).toBe(true);
  expect(folder.read('real/a.yaml')).toBe('\uFEFFA');
});
