import { edited, editedText } from './edited';

test('a value that an expression gives is not overwritten', async () => {
  const text =
    'applications:\n  a: { name: "${var.name}", uris: ["${var.url}/cb"], text: "the ${var.name}" }\n';
  const variables = { name: 'A', url: 'https://a.example' };
  const wanted = {
    'applications.a.name': 'B',
    'applications.a.text': 'the B',
    'applications.a.uris': ['https://b.example/cb'],
  };
  expect(await editedText(text, wanted, variables)).toEqual({
    'applications.a.name': 'expression at logto.yaml:2:14',
    'applications.a.text': 'expression at logto.yaml:2:60',
    'applications.a.uris': 'expression at logto.yaml:2:36',
  });
});

test('beside an item that an expression gives others may change', async () => {
  const text = 'applications:\n  a:\n    uris:\n      - ${var.url}/cb # by stage\n      - b\n';
  const after = await editedText(
    text,
    { 'applications.a.uris': ['https://a.example/cb', 'c'] },
    { url: 'https://a.example' },
  );
  expect(after).toBe('applications:\n  a:\n    uris:\n      - ${var.url}/cb # by stage\n      - c\n');
});

test('nor is a map of which an expression gives a part, when it is to be something else', async () => {
  const text = 'applications:\n  a:\n    data:\n      crm: { key: "${var.key}" }\n';
  expect(await editedText(text, { 'applications.a.data.crm': 'none' }, { key: 'k' })).toEqual({
    'applications.a.data.crm': 'expression at logto.yaml:4:19',
  });
});

test('what a variable gives whole is not edited inside', async () => {
  const text = 'applications:\n  a: { data: "${var.data}" }\n';
  expect(await editedText(text, { 'applications.a.data.b': 2 }, { data: { b: 1 } })).toEqual({
    'applications.a.data.b': 'expression at logto.yaml:2:14',
  });
});

test('what stands for something that is stated elsewhere is not edited, at any depth', async () => {
  const text = [
    'applications:',
    '  a: &a',
    '    name: A',
    '    data: { b: 1 }',
    '  b: *a',
    '  c:',
    '    <<: *a',
    '    name: C',
    '    description: &d text',
    '    note: *d',
    '',
  ].join('\n');
  const wanted = {
    'applications.a.name': 'B',
    'applications.b.data.b': 2,
    'applications.c.data.b': 3,
    'applications.c.description': 'other',
    'applications.c.note': 'other',
    'applications.b.description': 'new',
  };
  expect(await editedText(text, wanted)).toEqual({
    'applications.a.name': 'anchor at logto.yaml:3:5',
    'applications.b.data.b': 'alias at logto.yaml:5:6',
    'applications.c.data.b': 'merge at logto.yaml:7:5',
    'applications.c.description': 'anchor at logto.yaml:9:21',
    'applications.c.note': 'alias at logto.yaml:10:11',
    'applications.b.description': 'alias at logto.yaml:5:6',
  });
  // What it states itself is.
  expect(await editedText(text, { 'applications.c.name': 'D' })).toBe(text.replace('name: C', 'name: D'));
});

test('what marks something that is used elsewhere is not taken out', async () => {
  const text = 'applications:\n  a:\n    uris: [&u "x", y]\n  b:\n    uris: [*u, z]\n';
  expect(await editedText(text, { 'applications.a.uris': ['y'], 'applications.a': undefined })).toEqual({
    'applications.a.uris': 'anchor at logto.yaml:3:15',
    'applications.a': 'anchor at logto.yaml:3:15',
  });
  expect(await editedText(text, { 'applications.b.uris': ['z'] })).toBe(text.replace('[*u, z]', '[z]'));
});

test('a resource that goes may be given by expressions', async () => {
  const manifests = { 'logto.yaml': 'applications:\n  a: { name: "${var.name}" }\n  b: { name: B }\n' };
  const given = { manifests, variables: { name: 'A' } };
  expect(await edited(given, { 'applications.a': undefined }, { isDeletion: true })).toEqual({
    texts: { 'logto.yaml': 'applications:\n  b: { name: B }\n' },
    obstacles: {},
  });
});

test('an edit of several values is made whole or not at all', async () => {
  const text = 'applications:\n  a:\n    data: { b: 1, c: "${var.c}" }\n';
  expect(await editedText(text, { 'applications.a.data': { b: 2, c: 'y' } }, { c: 'x' })).toEqual({
    'applications.a.data': 'expression at logto.yaml:3:22',
  });
});

test('what is written in a way that nobody can edit alone is left', async () => {
  const text = 'applications:\n  a:\n    lists:\n      - - b\n        - c\n    ? name\n    : A\n';
  const wanted = { 'applications.a.lists': [['b']], 'applications.a.name': undefined };
  expect(await editedText(text, wanted)).toEqual({
    'applications.a.name': 'unusual at logto.yaml:6:7',
  });
});
