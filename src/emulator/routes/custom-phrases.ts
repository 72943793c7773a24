import { newId } from '../database/new-id.js';
import { NothingDeleted, NotFound } from '../database/errors.js';
import { sql } from '../database/sql.js';
import { tableOf } from '../database/table.js';
import { assertThat } from '../http/request-error.js';
import type { Area } from './areas.js';

/** @see packages/core/src/routes/custom-phrase.ts in logto-io/logto */
export const addCustomPhrases: Area = (api, { database, packages }) => {
  const { schemas, z, languageKit, experiencePhrases } = packages;
  const { CustomPhrases, SignInExperiences } = schemas;
  const table = tableOf(database, CustomPhrases);
  const experiences = tableOf(database, SignInExperiences);
  const parameters = z.object({ languageTag: languageKit.languageTagGuard });
  const path = '/custom-phrases/:languageTag';

  api.on('GET', '/custom-phrases', { response: CustomPhrases.guard.array() }, () =>
    table.select(sql`order by language_tag`),
  );

  // What the sign-in pages say: of languages that are neither built in nor custom, English.
  api.on('GET', '/.well-known/phrases', { isAnonymous: true }, async ({ searchParameters }) => {
    const { default: builtIn } = await experiencePhrases();
    const language = searchParameters.get('lng') ?? 'en';
    const custom = await table.selectOne(sql`where language_tag = ${language}`);
    const { translation } = builtIn[language] ?? builtIn.en;
    return { translation: merged(translation, custom?.translation ?? {}) };
  });

  api.on(
    'GET',
    path,
    { parameters, response: CustomPhrases.guard },
    async ({ parameters: { languageTag } }) => {
      const phrase = await table.selectOne(sql`where language_tag = ${languageTag}`);
      if (phrase === undefined) throw new NotFound();
      return phrase;
    },
  );

  api.on(
    'PUT',
    path,
    { parameters, body: schemas.translationGuard, response: CustomPhrases.guard, status: 201 },
    async ({ parameters: { languageTag }, body }) => {
      const translation = withoutEmpty(body);
      const { default: phrases } = await experiencePhrases();
      assertThat(
        hasOnlyKeysOf(phrases.en.translation, translation),
        'localization.invalid_translation_structure',
        { status: 422 },
      );
      const [phrase] = await table.insertMany(
        [{ id: newId(), languageTag, translation }],
        sql`on conflict (tenant_id, language_tag) do update set translation = excluded.translation`,
      );
      return phrase;
    },
  );

  api.on('DELETE', path, { parameters, status: 204 }, async ({ parameters: { languageTag } }) => {
    const { languageInfo } = await experiences.findById('default');
    assertThat(languageInfo.fallbackLanguage !== languageTag, 'localization.cannot_delete_default_language', {
      status: 409,
      words: { languageTag },
    });
    const deleted = await table.delete(sql`where language_tag = ${languageTag}`);
    if (deleted < 1) throw new NothingDeleted('custom_phrases');
  });
};

type Tree = Record<string, unknown>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

function withoutEmpty(tree: Tree): Tree {
  const entries = Object.entries(tree).map(
    ([key, value]) => [key, isTree(value) ? withoutEmpty(value) : value] as const,
  );
  return Object.fromEntries(
    entries.filter(([, value]) => value !== '' && !(isTree(value) && Object.keys(value).length === 0)),
  );
}

/** @see packages/core/src/utils/translation.ts in logto-io/logto: isStrictlyPartial */
const hasOnlyKeysOf = (whole: Tree, part: Tree): boolean =>
  Object.entries(part).every(([key, value]) => {
    const known = whole[key];
    if (!known) return false;
    return isTree(known) && isTree(value) ? hasOnlyKeysOf(known, value) : typeof known === typeof value;
  });

const merged = (below: Tree, above: Tree): Tree => ({
  ...below,
  ...Object.fromEntries(
    Object.entries(above).map(([key, value]) => {
      const held = below[key];
      return [key, held !== undefined && isTree(held) && isTree(value) ? merged(held, value) : value];
    }),
  ),
});
