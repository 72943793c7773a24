import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import { asCatalogue, isPublicSetting, readCatalogue, type Catalogue } from './connector-catalogue.js';
import { collection } from './endpoints.js';
import { flag, json, object, text } from './field.js';
import { defineKind, type Finding, type TenantObject, type TenantView } from './kind.js';

export const connector = defineKind({
  name: 'connectors',
  singular: 'connector',
  summary:
    'A social sign-in, or what e-mails or text messages are sent with. Of those that send e-mails there is one, and one for text messages: a new one takes the place of the old.',
  fields: {
    connectorId: text({
      required: true,
      immutable: true,
      minLength: 1,
      maxLength: 128,
      description: 'What it is: the id of a factory that the server has.',
      examples: ['github-universal', 'simple-mail-transfer-protocol', 'oidc'],
    }),
    config: json({
      belongsTo: 'connectorId',
      sensitive: true,
      emptyIsAbsent: true,
      default: {},
      insteadOfNull: 'the keys that you want to clear',
      description:
        'Its settings. Only the keys that are stated are managed. Shown is what the server says to be a setting, and does not look like a secret.',
    }),
    metadata: object(
      {
        target: text({
          immutable: true,
          minLength: 1,
          description: 'What identities of users at this provider are called. Unique in the tenant.',
        }),
        name: json({ emptyIsAbsent: true, nullable: true, description: 'What users see, by language.' }),
        logo: text({ nullable: true, emptyIsAbsent: true, description: 'The address of a logo.' }),
        logoDark: text({ nullable: true, emptyIsAbsent: true, description: 'The same in dark mode.' }),
      },
      {
        belongsTo: 'connectorId',
        emptyIsAbsent: true,
        insteadOfNull: 'the keys that you want to clear',
        description: 'Connectors of a standard protocol only (oauth2, oidc, saml): who the provider is.',
      },
    ),
    syncProfile: flag({
      default: false,
      description: 'Social connectors: whether name and picture are taken over at each sign-in.',
    }),
    enableTokenStorage: flag({
      belongsTo: 'connectorId',
      default: false,
      description:
        'Social connectors: whether tokens of the provider are kept. Needs a vault key on the server; false deletes them.',
    }),
  },
  key: ['connectorId'],
  // Connectors of a standard protocol are told apart by their target, whatever the protocol.
  keyOf: ({ metadata }) =>
    isObject(metadata) && metadata.target !== undefined ? ['metadata.target'] : ['connectorId'],
  title: 'connectorId',
  lookupBy: ['connectorId'],
  endpoints: collection('/api/connectors', { unpaged: true }),
  keyFrom: ({ connectorId, target }) => textOf(target ?? connectorId),
  catalogue: readCatalogue,
  isPublic: isPublicSetting,
  displaces: (fields, others, catalogue) => {
    const type = factoryOf(fields, asCatalogue(catalogue))?.type;
    return type === undefined || type === 'Social'
      ? []
      : others.filter((other) => other.fields.type === type);
  },
  checkTenant: checkConnectors,
  replacement: [
    'a social sign-in is not offered while it is made anew, and after that only if a manifest states its target in signInExperience',
  ],
});

const factoryOf = ({ connectorId }: JsonObject, catalogue: Catalogue) => catalogue[textOf(connectorId)];

type AddressedFinding = Finding & { readonly address: string };

function checkConnectors(
  connectors: ReadonlyMap<string, JsonObject>,
  view: TenantView,
): readonly AddressedFinding[] {
  const catalogue = asCatalogue(view.catalogue('connectors'));
  return [
    ...[...connectors].flatMap(([address, fields]) => checkFactory(address, fields, catalogue)),
    ...checkSenders(connectors, catalogue),
  ];
}

const error = (
  address: string,
  path: readonly string[],
  message: string,
  hint: string,
): AddressedFinding => ({
  address,
  code: 'wrong-value',
  severity: 'error',
  path,
  message,
  hint,
});

function checkFactory(
  address: string,
  fields: JsonObject,
  catalogue: Catalogue,
): readonly AddressedFinding[] {
  const factory = factoryOf(fields, catalogue);
  const id = textOf(fields.connectorId);
  if (!factory) {
    const message = `${address}: this Logto has no connector "${id}"`;
    return [
      error(
        address,
        ['connectorId'],
        message,
        'GET /api/connector-factories lists what is installed on the server',
      ),
    ];
  }
  const target: Json | undefined = isObject(fields.metadata) ? fields.metadata.target : undefined;
  if (factory.isStandard && target === undefined) {
    const message = `${address}: a connector "${id}" needs a target of its own`;
    return [error(address, ['metadata'], message, 'state metadata.target, such as acme')];
  }
  if (!factory.isStandard && fields.metadata !== undefined) {
    const message = `${address}: a connector "${id}" has its own name and logo; Logto takes no metadata for it`;
    return [error(address, ['metadata'], message, 'take metadata out')];
  }
  const isSocialOnly = fields.syncProfile === true && factory.type !== 'Social';
  if (!isSocialOnly) return [];
  const message = `${address}: "${id}" signs nobody in, so there is no profile to take over`;
  return [error(address, ['syncProfile'], message, 'take syncProfile out')];
}

/** Of those that send e-mails, or text messages, there is one in a tenant. */
function checkSenders(
  connectors: ReadonlyMap<string, JsonObject>,
  catalogue: Catalogue,
): readonly AddressedFinding[] {
  return (['Email', 'Sms'] as const).flatMap((type) => {
    const senders = [...connectors].filter(([, fields]) => factoryOf(fields, catalogue)?.type === type);
    const [first] = senders;
    return senders.slice(1).map(([address]) => {
      const what = type === 'Email' ? 'e-mails' : 'text messages';
      const message = `${address} and ${first?.[0] ?? ''} both send ${what}; Logto keeps one connector for that`;
      return error(address, [], message, 'keep one of the two');
    });
  });
}

/** The targets of social sign-in that the tenant will have once the manifest is applied. */
export function socialTargets(view: TenantView): readonly string[] {
  const catalogue = asCatalogue(view.catalogue('connectors'));
  const declared = [...view.declared('connectors').values()].flatMap((fields) => {
    const factory = factoryOf(fields, catalogue);
    if (factory?.type !== 'Social') return [];
    const own = isObject(fields.metadata) ? fields.metadata.target : undefined;
    return [own === undefined ? factory.target : textOf(own)];
  });
  const others = view.others('connectors').filter(isSocial);
  return [...declared, ...others.map(({ fields }) => textOf(fields.target))];
}

const isSocial = ({ fields }: TenantObject): boolean => fields.type === 'Social';

/** Whether there will be a connector of a sort, and how it is called. */
export const hasConnectorOf = (view: TenantView, type: 'Email' | 'Sms'): boolean => {
  const catalogue = asCatalogue(view.catalogue('connectors'));
  return (
    [...view.declared('connectors').values()].some((fields) => factoryOf(fields, catalogue)?.type === type) ||
    view.others('connectors').some(({ fields }) => fields.type === type)
  );
};
