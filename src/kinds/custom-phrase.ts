import { isObject, member, textOf, type Json, type JsonObject } from '../json.js';
import { asList, asTenantObject, isUnknownPath, orGone, pathSegment } from './endpoints.js';
import type { ReadApi } from '../management-api/api.js';
import { choice, json } from './field.js';
import { languageTags } from './languages.js';
import { defineKind, type Endpoints, type Finding, type TenantObject } from './kind.js';

const path = (languageTag: string): string => `/api/custom-phrases/${pathSegment(languageTag)}`;

/** Logto addresses phrases by their language, which is unique; so do we. */
function asPhrase(value: Json): TenantObject {
  const { fields } = asTenantObject(value);
  return { id: textOf(fields.languageTag), fields };
}

const translationOf = ({ translation }: JsonObject): JsonObject => (isObject(translation) ? translation : {});

// PUT creates and replaces; its body is the translation itself (routes/custom-phrase.ts).
const endpoints: Endpoints = {
  list: async (api) => asList(await api.get('/api/custom-phrases')).map(asPhrase),
  get: (api, id) => orGone(async () => asPhrase(await api.get(path(id)))),
  create: async (api, fields) =>
    asPhrase(await api.put(path(textOf(fields.languageTag)), translationOf(fields))),
  update: async (api, id, fields) => {
    await api.put(path(id), translationOf(fields));
  },
  remove: (api, id) => api.delete(path(id)),
};

export const customPhrase = defineKind({
  name: 'customPhrases',
  singular: 'translation',
  summary: 'What the sign-in pages say in one language, where it differs from what Logto says.',
  fields: {
    languageTag: choice(languageTags, {
      required: true,
      immutable: true,
      description: 'The language. One translation for each.',
    }),
    translation: json({
      required: true,
      content: 'yaml',
      emptyIsAbsent: true,
      insteadOfNull: '{} or the phrases that you want to clear',
      description:
        "Phrases by key, nested as in Logto's own English ones. Only those that are stated are managed.",
    }),
  },
  key: ['languageTag'],
  title: 'languageTag',
  endpoints,
  catalogue: readEnglish,
  checkTenant: (phrases, view) => {
    const english = view.catalogue('customPhrases');
    if (!isObject(english) || Object.keys(english).length === 0) return [];
    return [...phrases].flatMap(([address, { translation }]) =>
      unknownPhrases(translation ?? {}, english, ['translation']).map((finding) => ({ ...finding, address })),
    );
  },
});

/** What Logto says in English: any translation has the keys of this one, or Logto refuses it (422). */
async function readEnglish(api: ReadApi): Promise<Json> {
  try {
    const answer = await api.get('/api/.well-known/phrases', { lng: 'en' });
    return isObject(answer) ? (answer.translation ?? null) : null;
  } catch (error) {
    // Then the server says itself what it does not know, and later.
    if (isUnknownPath(error)) return null;
    throw error;
  }
}

/** The phrases that there are not; none where nobody says which there are. */
function unknownPhrases(stated: Json, english: Json, path: readonly string[]): readonly Finding[] {
  if (!isObject(stated) || !isObject(english)) return [];
  return Object.entries(stated).flatMap(([name, value]): readonly Finding[] => {
    const known = member(english, name);
    // null takes a phrase away.
    if (value === null || (known !== undefined && isObject(known) === isObject(value))) {
      return unknownPhrases(value, known ?? null, [...path, name]);
    }
    const message =
      known === undefined
        ? `Logto has no phrase "${[...path.slice(1), name].join('.')}"`
        : `the phrase "${[...path.slice(1), name].join('.')}" is a ${isObject(known) ? 'group of phrases' : 'text'}`;
    const hint =
      known === undefined
        ? `there are ${Object.keys(english).slice(0, 12).join(', ')}${Object.keys(english).length > 12 ? ', …' : ''}`
        : `write ${isObject(known) ? 'the phrases in it' : 'a text'}`;
    return [{ code: 'wrong-value', severity: 'error', path: [...path, name], message, hint }];
  });
}
