import type { z } from 'zod';

import { assertThat, RequestError } from '../http/request-error.js';
import type { Packages } from '../packages.js';

interface Field {
  readonly name: string;
  readonly type: string;
}

/** What Logto checks of a profile field beyond its shape; more strictly when one is changed. */
export type RefuseInvalidField = (field: Field, isStrict?: boolean) => void;

/** @see packages/core/src/libraries/custom-profile-fields/utils.ts in logto-io/logto */
export function profileFieldRules({ schemas, coreKit }: Packages): RefuseInvalidField {
  const refuseName = (name: string): void => {
    assertThat(coreKit.numberAndAlphabetRegEx.test(name), 'custom_profile_fields.invalid_name');
    const reserved = [
      [schemas.reservedBuiltInProfileKeys, 'built_in_prop'],
      [schemas.reservedCustomDataKeys, 'custom_data'],
      [schemas.reservedSignInIdentifierKeys, 'sign_in_identifier'],
    ] as const;
    for (const [names, what] of reserved) {
      assertThat(
        !(names as readonly string[]).includes(name),
        `custom_profile_fields.name_conflict_${what}`,
        { words: { name } },
      );
    }
  };

  const refuseInvalid: RefuseInvalidField = (field, isStrict = false) => {
    refuseName(field.name);
    switch (field.type) {
      case 'Text': {
        const { minLength, maxLength } = schemas.textProfileFieldGuard.parse(field).config ?? {};
        refuseCrossed(minLength, maxLength);
        break;
      }
      case 'Number': {
        const { minValue, maxValue } = schemas.numberProfileFieldGuard.parse(field).config ?? {};
        refuseCrossed(minValue, maxValue);
        break;
      }
      case 'Checkbox': {
        const { config } = schemas.checkboxProfileFieldGuard.parse(field);
        assertThat(
          !isStrict || config?.defaultValue !== undefined,
          'custom_profile_fields.invalid_default_value',
        );
        break;
      }
      case 'Select': {
        const { config } = schemas.selectProfileFieldGuard.parse(field);
        assertThat(!isStrict || config.options.length > 0, 'custom_profile_fields.invalid_options');
        break;
      }
      case 'Regex': {
        const { config } = schemas.regexProfileFieldGuard.parse(field);
        assertThat(
          !isStrict || coreKit.isValidRegEx(config.format),
          'custom_profile_fields.invalid_regex_format',
        );
        break;
      }
      case 'Address':
        refuseParts(schemas.addressProfileFieldGuard.parse(field).config.parts, 'address', isStrict);
        break;
      case 'Fullname':
        refuseParts(schemas.fullnameProfileFieldGuard.parse(field).config.parts, 'fullname', isStrict);
        break;
      case 'Url':
        parseOrRefuse(schemas.urlProfileFieldGuard, field);
        break;
      case 'Date':
        parseOrRefuse(schemas.dateProfileFieldGuard, field);
        break;
    }
  };

  const refuseParts = (parts: readonly Field[], kind: 'address' | 'fullname', isStrict: boolean): void => {
    assertThat(parts.length > 0, `custom_profile_fields.invalid_${kind}_components`);
    assertThat(
      !parts.some(({ type }) => type === 'Address' || type === 'Fullname'),
      'custom_profile_fields.invalid_sub_component_type',
    );
    if (isStrict) for (const part of parts) refuseInvalid(part, true);
  };

  return refuseInvalid;
}

function refuseCrossed(minimum: number | undefined, maximum: number | undefined): void {
  const isFine = minimum === undefined || maximum === undefined || minimum <= maximum;
  assertThat(isFine, 'custom_profile_fields.invalid_min_max_input');
}

function parseOrRefuse(guard: z.ZodTypeAny, field: Field): void {
  const { error } = guard.safeParse(field);
  if (error) throw new RequestError('request.invalid_input', { data: error, details: error.message });
}
