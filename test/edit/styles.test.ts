import type { Json } from '../../src/json';
import { editedText } from './edited';

interface Case {
  readonly title: string;
  readonly text: string;
  readonly wanted: Readonly<Record<string, Json | undefined>>;
  readonly result: string;
}

const shop = (lines: string): string => `applications:\n  shop:\n${lines}`;

test.each<Case>([
  {
    title: 'a text keeps its quotes, and the comment behind it stays',
    text: shop('    name: \'Shop\' # shown\n    description: "Sells"   # too\n'),
    wanted: { 'applications.shop.name': "Bob's", 'applications.shop.description': 'Sells: all' },
    result: shop("    name: 'Bob''s' # shown\n    description: \"Sells: all\"   # too\n"),
  },
  {
    title: 'a bare text is quoted where it has to be',
    text: shop('    name: Shop\n    description: Sells\n'),
    wanted: { 'applications.shop.name': 'yes: no', 'applications.shop.description': '12' },
    result: shop('    name: "yes: no"\n    description: "12"\n'),
  },
  {
    title: 'what looks like an expression and is none is escaped',
    text: shop('    name: Shop\n'),
    wanted: { 'applications.shop.name': 'a ${var.b}' },
    result: shop('    name: a $${var.b}\n'),
  },
  {
    title: 'signs that nobody sees are written as escapes, in quotes',
    text: shop("    name: 'Shop'\n    description: >-\n      Sells\n"),
    wanted: {
      'applications.shop.name': 'Sh\u202Eop',
      'applications.shop.description': 'Sells\u2066\nand buys',
      'applications.shop.customData': { 'a\u200Bb': 1 },
    },
    result: shop(
      '    name: "Sh\\u202eop"\n    description: "Sells\\u2066\\nand buys"\n    customData:\n      "a\\u200bb": 1\n',
    ),
  },
  {
    title: 'a block of lines keeps its indentation, and trailing spaces in it',
    text: shop('    name: Shop\n    customCss: | # style\n        a { }  \n        b { }\n    # end\n'),
    wanted: { 'applications.shop.customCss': 'a { }  \nc { }\n\nd { }\n' },
    result: shop(
      '    name: Shop\n    customCss: | # style\n        a { }  \n        c { }\n\n        d { }\n    # end\n',
    ),
  },
  {
    title: 'a text that gets several lines becomes a block of lines, and one that loses them does not',
    text: shop('    description: Sells # what\n    customCss: |-\n      a\n      b\n    name: Shop\n'),
    wanted: { 'applications.shop.description': 'Sells\nall', 'applications.shop.customCss': 'a' },
    result: shop(
      '    description: |- # what\n      Sells\n      all\n    customCss: |-\n      a\n    name: Shop\n',
    ),
  },
  {
    title: 'a folded text stays folded',
    text: shop('    description: >-\n      Sells\n      all\n    name: Shop\n'),
    wanted: { 'applications.shop.description': 'Sells nothing' },
    result: shop('    description: >-\n      Sells nothing\n    name: Shop\n'),
  },
  {
    title: 'items of a list stay in their order with their comments; new ones come last',
    text: shop('    uris:\n      # main\n      - b # the b\n\n      - "a"\n      - c\n    name: Shop\n'),
    wanted: { 'applications.shop.uris': ['b', 'a', 'd', 'e: f'] },
    result: shop(
      '    uris:\n      # main\n      - b # the b\n\n      - "a"\n      - d\n      - "e: f"\n    name: Shop\n',
    ),
  },
  {
    title: 'an item goes with the comment above it',
    text: shop('    uris:\n      - a\n      # the b,\n      # of old\n      - b\n      - c\n'),
    wanted: { 'applications.shop.uris': ['a', 'c'] },
    result: shop('    uris:\n      - a\n      - c\n'),
  },
  {
    title: 'lists that are not indented stay so',
    text: 'applications:\n    shop:\n        uris:\n        - a\n        name: Shop\n',
    wanted: { 'applications.shop.uris': ['a', 'b'], 'applications.shop.more': ['c'] },
    result:
      'applications:\n    shop:\n        uris:\n        - a\n        - b\n        name: Shop\n        more:\n        - c\n',
  },
  {
    title: 'of an object in a list only what differs changes',
    text: shop(
      '    methods:\n      - identifier: email # first\n        password: true\n      - { identifier: phone, password: true }\n',
    ),
    wanted: {
      'applications.shop.methods': [
        { identifier: 'email', password: false, code: true },
        { identifier: 'phone', code: true },
      ],
    },
    result: shop(
      '    methods:\n      - identifier: email # first\n        password: false\n        code: true\n      - { identifier: phone, code: true }\n',
    ),
  },
  {
    title: 'an object of a list is known by what it states first',
    text: shop(
      '    methods:\n      - identifier: email\n        a: 1\n      # by phone\n      - identifier: phone\n        a: 1\n',
    ),
    wanted: { 'applications.shop.methods': [{ identifier: 'phone', a: 2 }] },
    result: shop('    methods:\n      # by phone\n      - identifier: phone\n        a: 2\n'),
  },
  {
    title: 'the first entry of an item goes, and the next takes its place behind the dash',
    text: shop('    methods:\n      - a: 1\n        b: 2\n        c: 3\n'),
    wanted: { 'applications.shop.methods': [{ b: 2, c: 4 }] },
    result: shop('    methods:\n      - b: 2\n        c: 4\n'),
  },
  {
    title: 'maps and lists in braces and brackets stay there',
    text: shop('    data: {a: 1,  b: [x, "y"] , c: {}}   # flow\n'),
    wanted: { 'applications.shop.data': { a: 2, b: ['y', 'z, '], c: { d: true }, e: null } },
    result: shop('    data: {a: 2,  b: ["y", "z, "] , c: { d: true }, e: null}   # flow\n'),
  },
  {
    title: 'brackets over several lines keep a line for each item, and their comments',
    text: shop('    uris: [\n      a, # first\n      # second\n      b,\n      c\n    ]\n'),
    wanted: { 'applications.shop.uris': ['a', 'c', 'd'] },
    result: shop('    uris: [\n      a, # first\n      c,\n      d\n    ]\n'),
  },
  {
    title: 'the last of such items goes with the comma before it',
    text: shop('    uris: [\n      a, # first\n      b # second\n    ]\n'),
    wanted: { 'applications.shop.uris': ['a'] },
    result: shop('    uris: [\n      a # first\n    ]\n'),
  },
  {
    title: 'a comma at the end stays at the end',
    text: shop('    uris: [ a, b, ]\n'),
    wanted: { 'applications.shop.uris': ['a', 'b', 'c'] },
    result: shop('    uris: [ a, b, c, ]\n'),
  },
  {
    title: 'what is left of nothing is empty',
    text: shop('    uris:\n      - a\n    data:\n      a: 1\n    name: Shop\n'),
    wanted: { 'applications.shop.uris': [], 'applications.shop.data': {} },
    result: shop('    uris: []\n    data: {}\n    name: Shop\n'),
  },
  {
    title: 'what was empty is filled',
    text: 'applications: # none yet\nroles: {}\nhooks:\n  a: { uris: [] }\n',
    wanted: {
      'applications.shop': { name: 'Shop', uris: ['a'] },
      'roles.reader': { name: 'Reader', scopes: { orders: ['read'] } },
      'hooks.a.uris': ['b'],
    },
    result:
      'applications: # none yet\n  shop:\n    name: Shop\n    uris:\n      - a\nroles:\n  reader:\n    name: Reader\n    scopes:\n      orders:\n        - read\nhooks:\n  a: { uris: [b] }\n',
  },
  {
    title: 'a resource comes last in its section, apart where the others are',
    text: 'applications:\n  a:\n    name: A\n\n  b:\n    name: B # last\n    # of b\n\nroles:\n  c: { name: C }\n',
    wanted: { 'applications.d': { name: 'D' }, 'roles.e': { name: 'E' } },
    result:
      'applications:\n  a:\n    name: A\n\n  b:\n    name: B # last\n    # of b\n\n  d:\n    name: D\n\nroles:\n  c: { name: C }\n  e: { name: E }\n',
  },
  {
    title: 'a section comes last, apart',
    text: 'stack: acme\n\nroles:\n  a: { name: A }\n# the end\n',
    wanted: { 'applications.shop.name': 'Shop', 'applications.shop.type': 'SPA' },
    result:
      'stack: acme\n\nroles:\n  a: { name: A }\n\napplications:\n  shop:\n    name: Shop\n    type: SPA\n# the end\n',
  },
  {
    title: 'a key that needs quotes gets them, and one that has them keeps them',
    text: shop('    "data": { "x.y": 1 }\n'),
    wanted: { 'applications.shop.data': { 'x.y': 2, 'a: b': 3, '404': 4 } },
    result: shop('    "data": { "x.y": 2, "404": 4, "a: b": 3 }\n'),
  },
  {
    title: 'lines end as they did, and so does the file',
    text: shop('    name: Shop\r\n    customCss: |\r\n      a\r\n    uris:\r\n      - a').replaceAll(
      /(?<!\r)\n/g,
      '\r\n',
    ),
    wanted: {
      'applications.shop.customCss': 'a\nb\n',
      'applications.shop.uris': ['a', 'b'],
      'applications.shop.more': 'x',
    },
    result: shop(
      '    name: Shop\n    customCss: |\n      a\n      b\n    uris:\n      - a\n      - b\n    more: x',
    ).replaceAll('\n', '\r\n'),
  },
  {
    title: 'a manifest in JSON stays JSON',
    text: '{\n  "applications": {\n    "shop": { "name": "Shop", "uris": ["a"] }\n  }\n}\n',
    wanted: {
      'applications.shop.name': 'S',
      'applications.shop.uris': ['a', 'b'],
      'roles.reader': { name: 'Reader' },
    },
    result:
      '{\n  "applications": {\n    "shop": { "name": "S", "uris": ["a", "b"] }\n  },\n  "roles": { "reader": { "name": "Reader" } }\n}\n',
  },
  {
    title: 'a resource goes with its comments, and the empty line that would be left over',
    text: 'applications:\n  # the first\n  a:\n    name: A\n    # of a\n\n  # the second\n  b:\n    name: B\n\nroles:\n  c: {}\n',
    wanted: { 'applications.a': undefined },
    result: 'applications:\n  # the second\n  b:\n    name: B\n\nroles:\n  c: {}\n',
  },
  {
    title: 'of a file of several documents the one is edited that says it',
    text: 'applications:\n  a: { name: A }\n---\n# second\nroles:\n  b: { name: B }\n...\n---\napplications:\n  c: { name: C }\n',
    wanted: { 'roles.b.name': 'D', 'applications.c.name': 'E', 'applications.d': { name: 'F' } },
    result:
      'applications:\n  a: { name: A }\n---\n# second\nroles:\n  b: { name: D }\n...\n---\napplications:\n  c: { name: E }\n  d: { name: F }\n',
  },
  {
    title: 'an anchor that nobody uses stays where it is',
    text: shop('    name: &name Shop\n    data: &data\n      a: 1\n'),
    wanted: { 'applications.shop.name': 'S', 'applications.shop.data.b': 2 },
    result: shop('    name: &name S\n    data: &data\n      a: 1\n      b: 2\n'),
  },
  {
    title: 'what a map states beside what it merges is edited',
    text: 'applications:\n  a:\n    <<: { type: SPA }\n    name: A\n',
    wanted: { 'applications.a.name': 'B', 'applications.a.description': 'new' },
    result: 'applications:\n  a:\n    <<: { type: SPA }\n    name: B\n    description: new\n',
  },
])('$title', async ({ text, wanted, result }) => {
  expect(await editedText(text, wanted)).toBe(result);
});
