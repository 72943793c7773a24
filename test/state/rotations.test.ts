import fc from 'fast-check';
import { textOf } from '../../src/json';
import { kindNamed } from '../../src/kinds';
import { parseDuration } from '../../src/kinds/duration';
import type { TenantObject } from '../../src/kinds/kind';
import { makeLedger, type Intent, type LedgerEntry } from '../../src/state/ledger';
import type { Resource, State } from '../../src/state/resource';
import type { Clocks } from '../../src/state/clocks';
import { withGenerations } from '../../src/state/rotations';

interface Rotate {
  readonly every: string;
  readonly overlap: string;
  readonly lifetime?: string;
}

const application = { id: 'worker', fields: { name: 'Worker' } };
const parent = 'applications.worker';
const address = `${parent}.secrets.main`;

const desired = (rotate: Rotate): State => {
  const worker: Resource = {
    kind: kindNamed('applications'),
    address: parent,
    key: 'worker',
    fields: { name: 'Worker' },
    lifecycle: {},
  };
  const main: Resource = {
    kind: kindNamed('applications.secrets'),
    address,
    key: 'main',
    parent,
    fields: { name: 'main', rotate: { ...rotate } },
    lifecycle: {},
  };
  return new Map([
    [parent, worker],
    [address, main],
  ]);
};

/** A tenant with one application, and the job that applies the manifest to it. */
class Tenant {
  now = 1_800_000_000_000;
  secrets: readonly TenantObject[] = [];
  entries: ReadonlyMap<string, LedgerEntry> = new Map();
  intents: ReadonlyMap<string, Intent> = new Map();

  constructor(private readonly rotate: Rotate) {}

  look(clocks: Clocks = { server: this.now, own: this.now }) {
    const lists = new Map([['applications', [{ ...application, children: { secrets: this.secrets } }]]]);
    const matches = new Map([[parent, { by: 'ledger' as const, object: application }]]);
    const ledger = makeLedger('default', this.entries, this.intents);
    const rotations = withGenerations(desired(this.rotate), lists, ledger, { matches }, clocks);
    const own = [...rotations.desired.values()].filter(({ kind }) => kind.name === 'applications.secrets');
    const isThere = (name: unknown): boolean => this.secrets.some(({ fields }) => fields.name === name);
    return {
      declared: own,
      made: own.filter(({ key }) => !isThere(key)),
      deleted: [...this.entries].filter(
        ([owned, { id }]) => !rotations.desired.has(owned) && this.secrets.some((secret) => secret.id === id),
      ),
      scheduled: rotations.scheduled,
      warnings: rotations.warnings,
    };
  }

  make(name: string, expiresAt: unknown = null): void {
    const fields = { name, expiresAt: expiresAt as number | null };
    this.secrets = [...this.secrets, { id: `worker:${name}`, fields, createdAt: this.now }];
  }

  loseLedger(): void {
    this.entries = new Map();
    this.intents = new Map();
  }

  /** @param isCutOff it ends before the ledger is written */
  job(isCutOff: boolean) {
    const { declared, made, deleted } = this.look();
    const announced = this.intents;
    this.intents = new Map(made.map(({ address: own }) => [own, { since: this.now, fields: {} }]));
    for (const { key, initial } of made) this.make(key, initial?.expiresAt);
    if (isCutOff) return { made, deleted: [] };
    const gone = new Set(deleted.map(([, { id }]) => id));
    this.secrets = this.secrets.filter(({ id }) => !gone.has(id));
    const before = this.entries;
    this.intents = new Map();
    const isOurs = (own: string, key: string): boolean =>
      made.some((one) => one.key === key) ||
      announced.has(own) ||
      (before.has(own) && before.get(own)?.adopted !== true);
    this.entries = new Map(
      declared.map(({ address: own, key, generation }) => [
        own,
        {
          id: `worker:${key}`,
          ...(generation && { generation }),
          ...(!isOurs(own, key) && { adopted: true as const }),
        },
      ]),
    );
    return { made, deleted };
  }
}

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('job'), isCutOff: fc.boolean() }) },
  fc.record({ does: fc.constant('lose the ledger') }),
  fc.record({ does: fc.constant('make'), name: fc.constantFrom('spare', 'main-2', 'spare:2', 'main:x') }),
) as fc.Arbitrary<{ readonly does: string; readonly isCutOff?: boolean; readonly name?: string }>;

const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 * 24 }), step), { maxLength: 60 });
const rotations = fc
  .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 39 }), fc.boolean())
  .map(([every, overlap, hasEnd]): Rotate => {
    const shorter = Math.min(overlap, every - 1);
    return {
      every: `${every}d`,
      overlap: `${shorter}d`,
      ...(hasEnd && { lifetime: `${every + shorter + 60}d` }),
    };
  });

const isOwn = ({ fields }: TenantObject): boolean => /^main(:\d+)?$/.test(textOf(fields.name));

test('whenever jobs run, and however they end: one new secret when it is due, and a whole overlap', () => {
  fc.assert(
    fc.property(rotations, steps, (rotate, walk) => {
      const every = parseDuration(rotate.every) ?? 0;
      const overlap = parseDuration(rotate.overlap) ?? 0;
      const tenant = new Tenant(rotate);
      for (const [hours, { does, isCutOff = false, name = '' }] of walk) {
        tenant.now += hours * 3_600_000;
        const before = tenant.secrets;
        if (does === 'lose the ledger') tenant.loseLedger();
        if (does === 'make' && !before.some(({ fields }) => fields.name === name)) tenant.make(name);
        if (does !== 'job') continue;
        const { made, deleted } = tenant.job(isCutOff);
        expect(made.length).toBeLessThanOrEqual(1);
        for (const [, { id }] of deleted) {
          const old = before.find((secret) => secret.id === id);
          const follower = before.find(
            (secret) =>
              isOwn(secret) &&
              (secret.createdAt ?? 0) > (old?.createdAt ?? 0) &&
              tenant.now - (secret.createdAt ?? 0) >= overlap,
          );
          expect({ id, isFollowed: follower !== undefined }).toEqual({ id, isFollowed: true });
        }
        const newest = tenant.secrets.filter(isOwn).at(-1);
        expect(tenant.now - (newest?.createdAt ?? 0)).toBeLessThan(every);
        const end = newest?.fields.expiresAt;
        if (typeof end === 'number') expect(end - tenant.now).toBeGreaterThanOrEqual(overlap);
        // And again, at once.
        if (isCutOff) tenant.job(false);
        const again = tenant.look();
        expect([again.made, again.deleted]).toEqual([[], []]);
        const foreign = before.filter((secret) => !isOwn(secret));
        expect(tenant.secrets).toEqual(expect.arrayContaining([...foreign]));
        for (const { at } of again.scheduled) expect(Date.parse(at)).toBeGreaterThan(tenant.now);
      }
    }),
    { numRuns: 300 },
  );
});

test('what is scheduled is what happens then, and not before', () => {
  const tenant = new Tenant({ every: '30d', overlap: '5d' });
  const happened: string[] = [];
  for (let hour = 0; hour < 24 * 100; hour += 6) {
    const { scheduled } = tenant.look();
    tenant.now += 6 * 3_600_000;
    const due = scheduled.filter(({ at }) => Date.parse(at) <= tenant.now);
    const { made, deleted } = tenant.job(false);
    const doings = [
      ...made.map((resource) => `create ${resource.address}`),
      ...deleted.map(([owned]) => `delete ${owned}`),
    ];
    if (hour > 0) expect(doings.sort()).toEqual(due.map(({ type, address: of }) => `${type} ${of}`).sort());
    happened.push(...doings.map((doing) => `${Math.floor(hour / 24)} ${doing.replace(parent, '')}`));
  }
  expect(happened).toEqual([
    '0 create .secrets.main',
    '30 create .secrets.main:2',
    '35 delete .secrets.main',
    '60 create .secrets.main:3',
    '65 delete .secrets.main:2',
    '90 create .secrets.main:4',
    '95 delete .secrets.main:3',
  ]);
});

test('what Logto does not tell the age of is never followed', () => {
  const tenant = new Tenant({ every: '30d', overlap: '5d' });
  tenant.secrets = [{ id: 'worker:main', fields: { name: 'main', expiresAt: null } }];
  tenant.now += 1000 * 24 * 3_600_000;
  expect([tenant.look().made, tenant.look().scheduled]).toEqual([[], []]);
});

const day = 24 * 3_600_000;

test('a secret that somebody else has made under such a name takes the place of nothing, and stays', () => {
  const tenant = new Tenant({ every: '30d', overlap: '5d' });
  tenant.make('main:2');
  tenant.now += 20 * day;
  // The one that clients use, ours since long.
  tenant.make('main');
  tenant.entries = new Map([[address, { id: 'worker:main' }]]);
  const keys = () => tenant.secrets.map(({ fields }) => fields.name);
  tenant.job(false);
  tenant.now += 29 * day;
  tenant.job(false);
  expect(keys()).toEqual(['main:2', 'main']);
  tenant.now += day;
  tenant.job(false);
  expect(keys()).toEqual(['main:2', 'main', 'main:3']);
  tenant.now += 5 * day;
  tenant.job(false);
  expect(keys()).toEqual(['main:2', 'main:3']);
  tenant.now += 100 * day;
  tenant.job(false);
  tenant.now += 5 * day;
  tenant.job(false);
  expect(keys()).toEqual(['main:2', 'main:4']);
});

test('a younger one that somebody else has made delays the next, but not beyond the end of ours', () => {
  const dueDay = (rotate: Rotate, adopted?: true) => {
    const tenant = new Tenant(rotate);
    const start = tenant.now;
    tenant.make('main', rotate.lifetime && start + (parseDuration(rotate.lifetime) ?? 0));
    tenant.entries = new Map([[address, { id: 'worker:main', ...(adopted && { adopted }) }]]);
    tenant.now += 29 * day;
    tenant.make('main:2');
    return tenant
      .look()
      .scheduled.map(
        ({ type, address: of, at }) => `${type} ${of.replace(parent, '')} ${(Date.parse(at) - start) / day}`,
      );
  };
  const ending = { every: '30d', overlap: '5d', lifetime: '40d' };
  expect([dueDay({ every: '30d', overlap: '5d' }), dueDay(ending), dueDay(ending, true)]).toEqual([
    ['create .secrets.main:3 59'],
    ['create .secrets.main:3 35'],
    ['create .secrets.main:3 59'],
  ]);
});

test('where each job knows only the ledger of long ago, one new secret is made when it is due', () => {
  const tenant = new Tenant({ every: '30d', overlap: '5d' });
  tenant.job(false);
  const { entries } = tenant;
  const made: string[] = [];
  for (let hour = 0; hour < 24 * 70; hour += 6) {
    tenant.entries = entries;
    tenant.now += 6 * 3_600_000;
    made.push(...tenant.job(false).made.map(({ key }) => `${Math.floor(hour / 24)} ${key}`));
  }
  expect(made).toEqual(['29 main:2', '59 main:3']);
});

test('where the clocks differ, nothing is deleted before both say so, and that is told', () => {
  const tenant = new Tenant({ every: '30d', overlap: '5d' });
  tenant.job(false);
  tenant.now += 30 * day;
  tenant.job(false);
  const look = (server: number, own: number) => {
    const { made, deleted, warnings } = tenant.look({ server: tenant.now + server, own: tenant.now + own });
    return { made: made.length, deleted: deleted.length, warnings: warnings.map(({ message }) => message) };
  };
  const told = (server: string, difference: string, direction: string) => [
    `the clock of Logto (${server}) is ${difference} ${direction} the clock of this machine: rotated secrets are deleted only when both say that it is time`,
  ];
  expect(look(5 * day, 5 * day)).toEqual({ made: 0, deleted: 1, warnings: [] });
  expect(look(5 * day, 5 * day - 60_000)).toEqual({ made: 0, deleted: 0, warnings: [] });
  expect(look(5 * day, 0)).toEqual({
    made: 0,
    deleted: 0,
    warnings: told('2027-02-19T08:00:00.000Z', '5d', 'ahead of'),
  });
  expect(look(0, 40 * day)).toEqual({
    made: 0,
    deleted: 0,
    warnings: told('2027-02-14T08:00:00.000Z', '40d', 'behind'),
  });
  // A new one does no harm, and its age is counted by the clock that stamps it.
  expect(look(30 * day, 0)).toMatchObject({ made: 1, deleted: 0 });
});
