import { settings } from './endpoints.js';
import { choice, flag, list, object, text } from './field.js';
import { defineKind } from './kind.js';
import { checkProfileFieldNames } from './profile-field-names.js';

const access = (description: string) => choice(['Off', 'ReadOnly', 'Edit'], { nullable: true, description });

export const accountCenter = defineKind({
  name: 'accountCenter',
  singular: 'account center',
  summary: 'What users see and change of their own account. There is one in each tenant.',
  fields: {
    enabled: flag({ default: false, description: 'Whether users get at it.' }),
    fields: object(
      {
        name: access('The name.'),
        avatar: access('The picture.'),
        profile: access('The profile.'),
        email: access('The e-mail address.'),
        phone: access('The phone number.'),
        password: access('The password.'),
        username: access('The user name.'),
        social: access('Linked social accounts.'),
        customData: access('Custom data.'),
        mfa: access('Second factors.'),
        passkey: access('Passkeys.'),
        session: access('Sessions.'),
      },
      {
        insteadOfNull: 'the keys that you want to clear',
        default: {},
        description: 'What users may do with each. What Logto has no value of is Off.',
      },
    ),
    webauthnRelatedOrigins: list(text({ minLength: 1 }), {
      distinct: true,
      insteadOfNull: '[]',
      default: [],
      description: 'Origins besides that of the tenant at which passkeys are accepted.',
    }),
    deleteAccountUrl: text({
      nullable: true,
      maxLength: 2048,
      format: 'webAddress',
      description: 'Where users are sent who want to delete their account.',
    }),
    customCss: text({ nullable: true, content: 'css', description: 'A style sheet.' }),
    profileFields: list(
      object({ name: text({ required: true, description: 'The name of a profile field.' }) }, {}),
      { nullable: true, description: 'Which profile fields are shown, in this order. null: all of them.' },
    ),
  },
  key: [],
  title: 'enabled',
  singleton: {
    // As recorded from a new tenant of 1.42.0.
    defaults: {
      enabled: false,
      fields: {},
      webauthnRelatedOrigins: [],
      deleteAccountUrl: null,
      customCss: null,
      profileFields: null,
    },
  },
  endpoints: settings('/api/account-center', 'account-center'),
  comesAfter: ['customProfileFields'],
  looksInto: ['customProfileFields'],
  checkTenant: (resources, view) =>
    [...resources].flatMap(([address, fields]) =>
      checkProfileFieldNames('profileFields', fields, view).map((finding) => ({
        ...finding,
        message: `${address}: ${finding.message}`,
        address,
      })),
    ),
});
