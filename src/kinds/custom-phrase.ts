import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import { asList, asTenantObject, orGone, pathSegment } from './endpoints.js';
import { json, text } from './field.js';
import { defineKind, type Endpoints, type TenantObject } from './kind.js';

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
    languageTag: text({
      required: true,
      immutable: true,
      minLength: 1,
      maxLength: 16,
      description: 'The language, as a tag that Logto knows. One translation for each.',
      examples: ['de', 'pt-BR'],
    }),
    translation: json({
      required: true,
      content: true,
      emptyIsAbsent: true,
      insteadOfNull: '{} or the phrases that you want to clear',
      description:
        "Phrases by key, nested as in Logto's own English ones. Only those that are stated are managed.",
    }),
  },
  key: ['languageTag'],
  title: 'languageTag',
  endpoints,
});
