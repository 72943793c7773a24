import type { z } from 'zod';

import type { Zod } from '../packages.js';
import type { ConnectorFactory } from './connector-factory.js';
import { emailFactories } from './email-factories.js';
import { smsFactories } from './sms-factories.js';
import { socialFactories } from './social-factories.js';
import { standardFactories } from './standard-factories.js';

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/**
 * The factories of an open-source server, in the order in which it lists them: that of their packages, which are
 * called after targets and platforms.
 */
export const connectorFactories: readonly ConnectorFactory[] = [
  ...emailFactories,
  ...smsFactories,
  ...socialFactories,
  ...standardFactories,
].sort(
  (one, other) => compare(one.target, other.target) || compare(one.platform ?? '', other.platform ?? ''),
);

export const findFactory = (id: string): ConnectorFactory | undefined =>
  connectorFactories.find((factory) => factory.id === id);

const logo = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=';

/**
 * What a factory says of itself. Its name and its fields are Logto's; of logos and texts for readers, which are many,
 * there is only that they exist.
 */
export const metadataOf = (factory: ConnectorFactory, z: Zod): object => {
  const { id, target, platform, name, isStandard, isTokenStorageSupported } = factory;
  return {
    id,
    target,
    platform,
    name,
    isStandard,
    isTokenStorageSupported,
    description: { en: `${name['en'] ?? id} connector` },
    logo,
    logoDark: null,
    readme: `# ${name['en'] ?? id}`,
    formItems: formItemsOf(factory.config(z)),
  };
};

/** @see packages/toolkit/connector-kit/src/types/config-form.ts in logto-io/logto */
function formItemsOf(config: z.ZodTypeAny): readonly object[] {
  const { innerType, schema } = config._def as { innerType?: z.ZodTypeAny; schema?: z.ZodTypeAny };
  const inside = innerType ?? schema;
  if (inside) return formItemsOf(inside);
  return Object.entries((config as unknown as { readonly shape: z.ZodRawShape }).shape).map(
    ([key, field]) => ({
      key,
      label: key,
      required: !field.isOptional(),
      ...formItemType(field),
    }),
  );
}

function formItemType(field: z.ZodTypeAny): object {
  const { typeName, innerType, schema, values } = field._def as {
    readonly typeName: string;
    readonly innerType?: z.ZodTypeAny;
    readonly schema?: z.ZodTypeAny;
    readonly values?: readonly string[];
  };
  const inside = innerType ?? schema;
  if (inside) return formItemType(inside);
  switch (typeName) {
    case 'ZodString':
      return { type: 'Text' };
    case 'ZodNumber':
      return { type: 'Number' };
    case 'ZodBoolean':
      return { type: 'Switch' };
    case 'ZodEnum':
      return { type: 'Select', selectItems: (values ?? []).map((value) => ({ value, title: value })) };
    default:
      return { type: 'Json' };
  }
}
