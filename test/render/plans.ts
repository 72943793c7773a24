import { manifestGraph } from '../../src/access/manifest-graph';
import { parseManifest } from '../../src/manifest/load-manifest';
import type { Outcome } from '../../src/apply/events';
import { ApiError, type Problem, type SourceRange } from '../../src/errors';
import type { Action, ActionType, Change, Plan } from '../../src/plan/plan';
import type { ApplyReport, DriftReport, Report } from '../../src/render/report';

// The plans that every format is shown by. Values are chosen to be mistaken: for markup, for commands, for the end of a
// fence.

const manifest = `stack: shop
apiResources:
  orders:
    name: Orders API
    indicator: https://orders.example.com
    scopes: { 'orders:read': {}, 'orders:write': {} }
roles:
  reader: { name: Reader, description: Reads, type: MachineToMachine, scopes: { orders: ['orders:read'] } }
  writer: { name: Writer, description: Writes, type: MachineToMachine, scopes: { orders: ['orders:read', 'orders:write'] } }
applications:
  worker: { name: 'Worker <b>"1" & co</b>', type: MachineToMachine, roles: [reader, writer] }
  web: { name: Web shop, type: SPA }
`;

const place = (line: number, text?: string): SourceRange => ({
  file: 'tenant/logto.yaml',
  line,
  column: 3,
  endLine: line,
  endColumn: 9,
  ...(text !== undefined && { text }),
});

const action = (
  type: ActionType,
  address: string,
  line: number,
  changes: readonly Change[] = [],
  more: Partial<Action> = {},
): Action => ({ type, address, consequences: [], changes, source: place(line), ...more });

const createWorker = action('create', 'applications.worker', 11, [
  { path: ['name'], after: 'Worker <b>"1" & co</b>' },
  { path: ['type'], after: 'MachineToMachine' },
  { path: ['customData'], after: { note: '```\n</details>\n@everyone ::error::no' } },
  { path: ['roles'], after: ['reader', 'writer'] },
]);
const updateRole = action(
  'update',
  'roles.writer',
  9,
  [
    { path: ['description'], before: 'Writes | <script>alert(1)</script>', after: 'Writes' },
    { path: ['scopes', 'orders'], before: ['orders:read'], after: ['orders:read', 'orders:write'] },
  ],
  { id: 'role-1' },
);
const updateTexts = action(
  'update',
  'signInExperience',
  20,
  [
    {
      path: ['customCss'],
      before: 'body {\n  color: red;\n}\n::error file=x::owned\n\u001b[31mred\n',
      after: 'body {\n  color: navy;\n}\n````\n</code></pre></details>\n::error file=x::owned\n',
    },
    { path: ['customContent'], after: { '/terms': `<p>${'Terms and conditions. '.repeat(30)}</p>` } },
    { path: ['socialSignIn', 'secret'], sensitive: true },
  ],
  { consequences: ['everybody sees it at once'] },
);
const replaceApp = action(
  'replace',
  'applications.web',
  12,
  [{ path: ['type'], before: 'Native', after: 'SPA', forcesReplacement: true }],
  {
    id: 'app-2',
    reason: 'type cannot be changed in place',
    consequences: ['it gets a new client id: what signs in with the old one stops'],
  },
);
const deleteRole = action('delete', 'roles["old.role"]', 40, [], {
  id: 'role-9',
  reason: 'no longer declared (it was at tenant/logto.yaml:40)',
});
const adoptRole = action(
  'adopt',
  'roles.reader',
  8,
  [{ path: ['description'], before: 'By hand', after: 'Reads' }],
  { id: 'role-2', reason: 'exists already with the same name' },
);
const moveApp = action('move', 'applications.web', 12, [], { id: 'app-2', reason: 'was applications.shop' });

const refusal: Problem = {
  code: 'replacement',
  severity: 'error',
  message: 'applications.web would be replaced: type cannot be changed in place',
  hint: 'pass --allow-replace',
  at: place(12, '  web: { name: Web shop, type: SPA }'),
};
const doubt: Problem = {
  code: 'dangerous-value',
  severity: 'warning',
  message: 'the redirect URI "javascript:alert(`1`)" runs in the page,\nand 100 % of it',
  at: place(11, '  worker: { name: … }'),
};

export function planOf(actions: readonly Action[], more: Partial<Plan> = {}): Plan {
  const number = (type: ActionType): number => actions.filter((one) => one.type === type).length;
  return {
    stack: 'shop',
    endpoint: 'https://shop.logto.app',
    digest: '0123456789abcdef0123456789abcdef',
    summary: {
      create: number('create'),
      update: number('update'),
      replace: number('replace'),
      delete: number('delete'),
      adopt: number('adopt'),
      move: number('move'),
      unchanged: 4,
    },
    actions,
    blocked: [],
    warnings: [],
    steps: [],
    ...more,
  };
}

const scheduled = [
  { type: 'delete', address: 'applications.worker.secrets["old<b>"]', at: '2030-01-08T00:00:00.000Z' },
] as const;

const mixed = [createWorker, updateRole, updateTexts, adoptRole, moveApp, deleteRole];

const many = Array.from({ length: 500 }, (_, index) =>
  action(index % 3 === 0 ? 'update' : 'create', `applications.app-${index}`, index + 1, [
    { path: ['name'], after: `Application ${index}`, ...(index % 3 === 0 && { before: 'Old name' }) },
    { path: ['description'], after: 'What it is for, said at some length, so that a comment has an end' },
  ]),
);

const failed: readonly Outcome[] = [
  { status: 'done', action: updateRole, id: 'role-1' },
  {
    status: 'failed',
    action: createWorker,
    error: new ApiError('POST /api/applications: 422 The name "<b>" is not good', {
      request: 'POST /api/applications',
      status: 422,
      code: 'guard.invalid_input',
      hint: 'choose another name',
    }),
  },
  {
    status: 'not-reached',
    action: action('create', 'roleAssignments.worker.reader', 14),
    because: 'applications.worker failed',
  },
];

const partial: Omit<ApplyReport, 'access'> = {
  type: 'apply',
  command: 'apply',
  plan: planOf(failed.map((outcome) => outcome.action)),
  result: { outcomes: failed, done: 1, failed: 1, notReached: 1, interrupted: false },
  statistics: {
    ...{ requests: 31, writes: 3, tokens: 1, retries: 2, milliseconds: 1234 },
    ...{ maxInFlight: 4, backOffs: 1, heldMilliseconds: 250 },
  },
};

const drifted: Omit<DriftReport, 'access'> = {
  type: 'drift',
  command: 'drift',
  plan: planOf([updateRole, createWorker, replaceApp]),
  causes: new Map([
    [updateRole.address, 'tenant'],
    [createWorker.address, 'manifest'],
    [replaceApp.address, 'unknown'],
  ]),
  pendingCounts: false,
  undeclared: [
    { kind: 'roles', id: 'role-7', name: 'Made | by `hand`' },
    { kind: 'applications', id: 'app-7', name: 'Of others', stack: 'other' },
  ],
};

/** The ten plans, and what the other commands have to tell. */
export async function exampleReports(): Promise<ReadonlyMap<string, Report>> {
  const declared = await parseManifest([{ name: 'tenant/logto.yaml', text: manifest }]);
  const withAccess = <R extends { readonly plan: Plan }>(report: R) => ({
    ...report,
    access: manifestGraph(declared, report.plan),
  });
  const planned = (plan: Plan): Report => withAccess({ type: 'plan', command: 'plan', plan } as const);
  return new Map<string, Report>([
    ['empty', planned(planOf([]))],
    ['create', planned(planOf([createWorker]))],
    ['update', planned(planOf([updateRole, updateTexts]))],
    ['replace', planned(planOf([replaceApp]))],
    ['delete', planned(planOf([deleteRole]))],
    ['adopt', planned(planOf([adoptRole, moveApp]))],
    ['mixed', planned(planOf(mixed, { warnings: [doubt], scheduled }))],
    ['blocked', planned(planOf([replaceApp], { blocked: [refusal], warnings: [doubt] }))],
    ['partial-failure', withAccess(partial)],
    ['500-actions', planned(planOf(many))],
    ['drift', withAccess(drifted)],
    ['valid', { type: 'validate', command: 'validate', stack: 'shop', resources: 7, problems: [doubt] }],
    [
      'invalid',
      { type: 'failure', command: 'plan', reason: 'invalid', message: '', problems: [refusal, doubt] },
    ],
    [
      'refused',
      {
        type: 'failure',
        command: 'apply',
        reason: 'refused',
        message: 'the plan is stale: `x` --> y',
        hint: 'plan again',
        problems: [],
      },
    ],
  ]);
}
