import { isObject, jsonEqual, type Json, type JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { branding, partialColor } from './branding.js';
import { asObject, orGone, pathSegment } from './endpoints.js';
import { object, text } from './field.js';
import type { Part } from './kind.js';

const path = (id: string): string => `/api/applications/${pathSegment(id)}/sign-in-experience`;

const columns = {
  color: { ...partialColor, emptyIsAbsent: true },
  branding: { ...branding, emptyIsAbsent: true },
  customCss: text({ nullable: true, emptyIsAbsent: true, content: 'css', description: 'A style sheet.' }),
  termsOfUseUrl: text({
    nullable: true,
    emptyIsAbsent: true,
    maxLength: 2048,
    format: 'url',
    description: 'Terms of use.',
  }),
  privacyPolicyUrl: text({
    nullable: true,
    emptyIsAbsent: true,
    maxLength: 2048,
    format: 'url',
    description: 'Privacy policy.',
  }),
  displayName: text({
    nullable: true,
    emptyIsAbsent: true,
    maxLength: 256,
    description: 'What users see instead of the name of the application.',
  }),
} as const;

export const applicationSignInExperience = object(columns, {
  late: true,
  insteadOfNull: 'the keys that you want to clear',
  description: 'What the sign-in pages look like for this application, where it differs from the tenant.',
});

/** Logto answers 404 until something is written. */
const read = async (api: Parameters<Part['read']>[0], id: string): Promise<JsonObject> =>
  asObject((await orGone(() => api.get(path(id)))) ?? {});

export const applicationSignInExperiencePart: Part = {
  read: async (api, id) => {
    const stored = await read(api, id);
    const value = Object.keys(columns).map((name) => [name, orNull(stored[name])] as const);
    return { value: Object.fromEntries(value), targets: [] };
  },
};

/** Colours and logos begin as empty objects, and are emptied by them. */
const orNull = (value: Json = null): Json =>
  isObject(value) && Object.keys(value).length === 0 ? null : value;

/**
 * PUT keeps columns that are absent (routes/applications/application-sign-in-experience.ts), so what is to be empty is
 * sent as such.
 */
export async function writeApplicationSignInExperience(
  api: WriteApi,
  id: string,
  wanted: JsonObject,
): Promise<void> {
  const stored = await read(api, id);
  const body = Object.entries(columns).flatMap(([name, { type }]): readonly (readonly [string, Json])[] => {
    const before = stored[name] ?? null;
    const value = wanted[name] ?? (type === 'object' && before !== null ? {} : null);
    return jsonEqual(value, before) ? [] : [[name, value]];
  });
  if (body.length > 0) await api.put(path(id), Object.fromEntries(body));
}
