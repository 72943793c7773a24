import { edited } from './edited';

const base = 'applications:\n  a:\n    name: A\n    data: { b: 1, c: 1 }\n    uris: [x]\n';

test('a value is edited where it is stated last: in the overlay, else in what it lies over', async () => {
  const given = {
    manifests: { 'base.yaml': base },
    overlays: { 'prod.yaml': 'applications:\n  a:\n    data: { c: 2 } # in production\n' },
  };
  const wanted = {
    'applications.a.name': 'B',
    'applications.a.data.b': 3,
    'applications.a.data.c': 4,
    'applications.a.data.d': 5,
    'applications.a.description': 'new',
  };
  expect(await edited(given, wanted)).toEqual({
    texts: {
      'base.yaml':
        base.replace('name: A', 'name: B').replace('b: 1, c: 1', 'b: 3, c: 1, d: 5') +
        '    description: new\n',
      'prod.yaml': 'applications:\n  a:\n    data: { c: 4 } # in production\n',
    },
    obstacles: {},
  });
});

test('of several overlays the last that states a value wins', async () => {
  const overlay = (name: string) => `applications: { a: { name: ${name} } }\n`;
  const given = {
    manifests: { 'base.yaml': base },
    overlays: { '1.yaml': overlay('One'), '2.yaml': overlay('Two'), '3.yaml': 'roles: {}\n' },
  };
  expect(await edited(given, { 'applications.a.name': 'Three' })).toEqual({
    texts: { '2.yaml': overlay('Three') },
    obstacles: {},
  });
});

test('what an overlay and what it lies over both state is not simply taken out', async () => {
  const given = {
    manifests: { 'base.yaml': base },
    overlays: { 'prod.yaml': 'applications:\n  a:\n    uris: [y]\n' },
  };
  expect(await edited(given, { 'applications.a.uris': undefined })).toEqual({
    texts: {},
    obstacles: { 'applications.a.uris': 'unusual at prod.yaml:3:5' },
  });
  // A whole resource is taken out by the overlay.
  expect(await edited(given, { 'applications.a': undefined }, { isDeletion: true })).toEqual({
    texts: { 'prod.yaml': 'applications:\n  a: null\n' },
    obstacles: {},
  });
});

test('what an overlay takes out by !remove stays so', async () => {
  const given = {
    manifests: { 'base.yaml': base },
    overlays: { 'prod.yaml': 'applications:\n  a:\n    uris: !remove\n' },
  };
  expect((await edited(given, { 'applications.a.uris': ['z'] })).obstacles).toEqual({
    'applications.a.uris': 'removal at prod.yaml:3:18',
  });
});

test('a new resource comes into the file that has its section, and not into an overlay', async () => {
  const given = {
    manifests: { 'apps.yaml': base, 'roles.yaml': 'roles:\n  r: { name: R }\n' },
    overlays: { 'prod.yaml': 'webhooks:\n  h: { name: H }\n' },
  };
  const wanted = { 'applications.b': { name: 'B' }, 'roles.s': { name: 'S' }, 'webhooks.i': { name: 'I' } };
  expect((await edited(given, wanted)).texts).toEqual({
    'apps.yaml': `${base}  b:\n    name: B\n`,
    'roles.yaml': 'roles:\n  r: { name: R }\n  s: { name: S }\n\nwebhooks:\n  i:\n    name: I\n',
  });
});

test('an item of a list that several files make together goes where it is', async () => {
  const given = {
    manifests: {
      'a.yaml': 'roleAssignments:\n  - { application: a, role: r }\n  - { application: b, role: r }\n',
      'b.yaml': 'roleAssignments: [{ application: c, role: r }]\n',
    },
  };
  const left = [{ application: 'a', role: 'r' }];
  expect((await edited(given, { roleAssignments: left }, { isDeletion: true })).texts).toEqual({
    'a.yaml': 'roleAssignments:\n  - { application: a, role: r }\n',
    'b.yaml': 'roleAssignments: []\n',
  });
});

test('a value that lies in a file of its own is edited there, and nothing in it is an expression', async () => {
  const given = {
    manifests: {
      'logto.yaml':
        'signInExperience:\n  customCss: { file: ./shop.css }\ncustomPhrases:\n  de: { translation: { file: ./de.yaml } }\n',
    },
    files: { 'shop.css': 'a {}\n', 'de.yaml': '# German\ndescription:\n  text: Hallo # hello\n' },
  };
  const wanted = {
    'signInExperience.customCss': 'b { ${c} }\n',
    'customPhrases.de.translation.description.text': 'Grüß ${name}',
    'customPhrases.de.translation.action': { back: 'zurück' },
  };
  expect(await edited(given, wanted)).toEqual({
    texts: {
      'shop.css': 'b { ${c} }\n',
      'de.yaml': '# German\ndescription:\n  text: Grüß ${name} # hello\naction:\n  back: zurück\n',
    },
    obstacles: {},
  });
});

test('a file that stands for several values is not edited for one of them', async () => {
  const given = {
    manifests: {
      'logto.yaml':
        'jwtCustomizers:\n  access-token: { script: { file: ./s.js } }\n  client-credentials: { script: { file: ./s.js } }\n',
    },
    files: { 's.js': 'a\n' },
  };
  expect(await edited(given, { 'jwtCustomizers.access-token.script': 'b\n' })).toEqual({
    texts: {},
    obstacles: { 'jwtCustomizers.access-token.script': 'shared-file at logto.yaml:2:35' },
  });
});

test('where nothing is left of what lay in a file, the manifest says so', async () => {
  const given = {
    manifests: { 'logto.yaml': 'signInExperience:\n  customCss: { file: ./shop.css } # look\n' },
    files: { 'shop.css': 'a {}\n' },
  };
  expect((await edited(given, { 'signInExperience.customCss': null })).texts).toEqual({
    'logto.yaml': 'signInExperience:\n  customCss: null # look\n',
  });
});
