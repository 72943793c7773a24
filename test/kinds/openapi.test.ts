import { kinds } from '../../src/kinds';
import type { Field, Fields } from '../../src/kinds/field';
import type { Kind } from '../../src/kinds/kind';
import document from '../logto-contract/openapi/operations.json';

interface Body {
  readonly fields?: Readonly<Record<string, Body>>;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Where the objects of a kind are created and updated; late fields have endpoints of their own. */
const operations: Readonly<Record<string, readonly [create: string, update: string, ...own: string[]]>> = {
  apiResources: ['/api/resources', '/api/resources/{id}', '/api/resources/{id}/is-default'],
  'apiResources.scopes': [
    '/api/resources/{resourceId}/scopes',
    '/api/resources/{resourceId}/scopes/{scopeId}',
  ],
  roles: ['/api/roles', '/api/roles/{id}'],
  applications: ['/api/applications', '/api/applications/{id}'],
  organizationScopes: ['/api/organization-scopes', '/api/organization-scopes/{id}'],
  organizationRoles: ['/api/organization-roles', '/api/organization-roles/{id}'],
  webhooks: ['/api/hooks', '/api/hooks/{id}'],
};

/** What the server's document has and a kind has not, with the reason. */
const leftOut: Readonly<Record<string, string>> = {
  'applications.isAdmin': 'deprecated: links the internal admin role, which is never touched',
  'applications.customClientMetadata.tenantId': "Logto's own",
  'apiResources.tenantId': 'the tenant is the one that is signed in to',
  'roles.tenantId': 'the tenant is the one that is signed in to',
  'organizationScopes.tenantId': 'the tenant is the one that is signed in to',
  'organizationScopes.id': 'moves the object to another id, and the old one answers 404 (seen on 1.42.0)',
  'organizationRoles.tenantId': 'the tenant is the one that is signed in to',
  'organizationRoles.id': 'moves the object to another id, and the old one answers 404 (seen on 1.42.0)',
  'organizationRoles.organizationScopeIds': 'creation only; permissions are linked afterwards',
  'organizationRoles.resourceScopeIds': 'creation only; permissions are linked afterwards',
  'webhooks.tenantId': 'the tenant is the one that is signed in to',
  'webhooks.createdAt': 'when it was made is no configuration',
  'webhooks.event': 'deprecated: a single event; use events',
  'roles.scopeIds': 'a role that is created with a wrong scope stays behind; scopes are linked afterwards',
};

/** `immutable` is what POST takes and PATCH does not; here the document says otherwise, with the reason. */
const immutableAllTheSame: Readonly<Record<string, string>> = {
  'organizationRoles.type': 'PATCH takes it and leaves members with a role that is not for them',
  'applications.customClientMetadata.isDeviceFlow':
    'PATCH answers 422 to a change (routes/applications/application.ts)',
};

const allKinds: readonly Kind[] = kinds.flatMap((kind) => [kind, ...Object.values(kind.children ?? {})]);
/** Written by PUT, whose bodies have another shape than the object; compared in the tests of their lives alone. */
const writtenByPut: Readonly<Record<string, string>> = {
  customPhrases: 'the body is the translation itself',
  emailTemplates: 'the body is a list of templates',
};
const described = allKinds.filter(({ link, name }) => !link && !(name in writtenByPut));

function bodyOf(method: string, path: string): Body {
  const operation = document.operations.find((one) => one.method === method && one.path === path);
  return (operation as { body?: Body } | undefined)?.body ?? {};
}

const pathsOf = ({ name }: Kind) => operations[name] ?? ['', ''];

function leaves(fields: Readonly<Record<string, object>>, path: readonly string[]): readonly string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    'fields' in field && field.fields
      ? leaves(field.fields as Readonly<Record<string, object>>, [...path, name])
      : [[...path, name].join('.')],
  );
}

test.each(described.map((kind) => [kind.name, kind] as const))(
  'every field of %s is in the server’s own document, and every field there is known here or left out with a reason',
  (name, kind) => {
    const [create, update, ...own] = pathsOf(kind);
    const documented = new Set([
      ...leaves(bodyOf('POST', create).fields ?? {}, [name]),
      ...leaves(bodyOf('PATCH', update).fields ?? {}, [name]),
      ...own.flatMap((path) => leaves(bodyOf('PATCH', path).fields ?? {}, [name])),
    ]);
    const declared = leaves(withoutRelations(kind.fields), [name]);
    expect(declared.filter((path) => !isDocumented(path, documented))).toEqual([]);
    const unknown = [...documented].filter(
      (path) => !isDocumented(path, new Set(declared)) && !(path in leftOut),
    );
    expect(unknown).toEqual([]);
  },
);

/** The document does not look into lists of objects. */
const isDocumented = (path: string, known: ReadonlySet<string>): boolean =>
  known.has(path) || [...known].some((other) => other.startsWith(`${path}.`) || path.startsWith(`${other}.`));

const withoutRelations = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, field]) => !field.relation));

test.each(described.map((kind) => [kind.name, kind] as const))(
  'a field of %s is immutable exactly where POST takes it and PATCH does not',
  (name, kind) => {
    const [create, update] = pathsOf(kind);
    const created = leaves(bodyOf('POST', create).fields ?? {}, [name]);
    const updated = new Set(leaves(bodyOf('PATCH', update).fields ?? {}, [name]));
    const expected = created.filter(
      (path) => (!updated.has(path) || path in immutableAllTheSame) && !(path in leftOut),
    );
    expect(immutables(kind.fields, [name], false)).toEqual(expected.sort());
  },
);

function immutables(fields: Fields, path: readonly string[], below: boolean): readonly string[] {
  const found = Object.entries(withoutRelations(fields)).flatMap(
    ([name, field]: [string, Field]): readonly string[] => {
      const isImmutable = below || field.immutable === true;
      if (field.type === 'object') return immutables(field.fields, [...path, name], isImmutable);
      return isImmutable ? [[...path, name].join('.')] : [];
    },
  );
  return [...found].sort();
}

test.each(described.map((kind) => [kind.name, kind] as const))(
  'the limits of %s are those of the document',
  (_name, kind) => {
    const [create] = pathsOf(kind);
    const body = bodyOf('POST', create).fields ?? {};
    const differences = Object.entries(kind.fields).flatMap(([name, field]) => {
      const documented = body[name];
      if (!documented || (field.type !== 'text' && field.type !== 'choice')) return [];
      const ours =
        field.type === 'choice'
          ? { enum: field.choices }
          : { minLength: field.minLength, maxLength: field.maxLength };
      const theirs =
        field.type === 'choice'
          ? { enum: documented.enum?.filter((value) => value !== 'SAML') }
          : { minLength: documented.minLength, maxLength: documented.maxLength };
      return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [{ name, ours, theirs }];
    });
    expect(differences).toEqual([]);
  },
);
