import { kindNamed } from '../../src/kinds/index';
import { emptyManifest } from '../../src/manifest/empty-manifest';
import { sameInput, type PlanInput } from '../../src/plan/plan-input';
import { makeLedger } from '../../src/state/ledger';

const manifest = emptyManifest('shop');

const nothing = (): PlanInput => ({
  manifest,
  endpoint: 'https://logto.example.com',
  lists: new Map([['roles', [{ id: 'role', fields: { name: 'Clerk' } }]]]),
  matching: { matches: new Map(), gone: new Map(), renamed: new Map(), problems: [] },
  current: new Map(),
  targets: { idOf: () => undefined, labelsOf: () => [], missing: () => undefined },
  ledger: makeLedger('shop'),
  remembers: true,
  ledgerHome: 'the tenant',
  undeclared: [],
  catalogues: new Map(),
  warnings: [],
  unclear: [],
  moved: new Map(),
  rotations: { making: new Map(), ended: new Map(), scheduled: [] },
  hashKey: 'key',
  limits: { allowReplace: false, isDestroying: false, reset: false, onlyAdopt: false, force: [] },
});

const problem = { code: 'not-found', severity: 'warning', message: 'there is none' } as const;
const resource = {
  address: 'roles.clerk',
  by: 'key',
  id: 'role',
  fields: {},
  targets: new Map(),
  links: new Map(),
} as const;

/** Each part with another value; the compiler asks for one where a plan is made of something more. */
const others: Omit<PlanInput, 'targets'> = {
  manifest: emptyManifest('shop'),
  endpoint: 'https://other.example.com',
  lists: new Map([['roles', [{ id: 'role', fields: { name: 'Cashier' } }]]]),
  matching: { ...nothing().matching, gone: new Map([['roles.clerk', 'role']]) },
  current: new Map([['roles.clerk', resource]]),
  ledger: makeLedger('shop', new Map([['roles.clerk', { id: 'role', hash: 'hash' }]])),
  remembers: false,
  ledgerHome: 'a file',
  undeclared: [
    { address: 'roles.clerk', kind: kindNamed('roles'), entry: { id: 'role', hash: '' }, object: undefined },
  ],
  catalogues: new Map([['connectors', []]]),
  warnings: [problem],
  unclear: [problem],
  moved: new Map([['roles.cashier', 'roles.clerk']]),
  rotations: {
    ...nothing().rotations,
    ended: new Map([['a', { reason: 'its time', consequences: [], isDue: true }]]),
  },
  hashKey: 'another key',
  limits: { ...nothing().limits, allowReplace: true },
};

test('inputs of equal parts are the same, whichever objects hold them', () => {
  expect(sameInput(nothing(), nothing())).toBe(true);
});

test.each(Object.entries(others))('another value of %s makes another input', (name, other) => {
  expect(sameInput(nothing(), { ...nothing(), [name]: other })).toBe(false);
  expect(sameInput({ ...nothing(), [name]: other }, nothing())).toBe(false);
});
