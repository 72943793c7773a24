import type { z } from 'zod';

import type { Zod } from '../packages.js';

/** What a connector's config must be. Made when zod is there, which is loaded at run time. */
export type ConfigShape = (z: Zod) => z.ZodTypeAny;

/** Fields of a config, by name. */
export type Fields = (z: Zod) => z.ZodRawShape;

/** Texts by name, those with a `?` optional, and further fields. `scope?` is a text that may be left out. */
export const texts =
  (names: string, more: Fields = () => ({})): ((z: Zod) => z.AnyZodObject) =>
  (z) => {
    const fields = names
      .split(' ')
      .filter(Boolean)
      .map((name) => {
        const isOptional = name.endsWith('?');
        return [name.replace('?', ''), isOptional ? z.string().optional() : z.string()] as const;
      });
    return z.object({ ...(Object.fromEntries(fields) as z.ZodRawShape), ...more(z) });
  };

/** The messages that nearly every sender of codes must have a template for. */
const requiredUsages = ['Register', 'SignIn', 'ForgotPassword', 'Generic'];

/** A list of templates, each of a shape, with one for every required usage. */
export const templates =
  (names: string, more?: Fields, usages: readonly string[] = requiredUsages): Fields =>
  (z) => ({
    templates: texts(
      `usageType ${names}`,
      more,
    )(z)
      .array()
      .refine((list) => usages.every((usage) => list.some(({ usageType }) => usageType === usage)), {
        message: `Templates of the types ${usages.join(', ')} are needed.`,
      }),
  });

export const contentType: Fields = (z) => ({ type: z.enum(['text/plain', 'text/html']) });

export const together =
  (...all: readonly Fields[]): Fields =>
  (z) =>
    Object.assign({}, ...all.map((fields) => fields(z))) as z.ZodRawShape;

/** How a connector maps what a provider tells of a user. */
export const profileMap: Fields = (z) => ({
  profileMap: texts('id? email? phone? name? avatar?')(z).optional(),
});

/** Of the connectors that hand messages to a server of the tenant's own. */
export const httpConfig = texts('endpoint authorization?');
