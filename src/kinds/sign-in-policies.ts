import { choice, flag, integer, list, object, text } from './field.js';

/** Of objects of which only the stated members are managed. */
export const keys = { insteadOfNull: 'the keys that you want to clear' } as const;
/** A flag that Logto may not have. */
export const optional = (description: string) => flag({ nullable: true, description });

export const passwordPolicy = object(
  {
    length: object(
      {
        min: integer({ minimum: 1, default: 8, description: 'At least.' }),
        max: integer({ minimum: 1, default: 256, description: 'At most.' }),
      },
      { nullable: true, description: 'How long a password is.' },
    ),
    characterTypes: object(
      {
        min: integer({
          minimum: 1,
          maximum: 4,
          default: 1,
          description: 'How many of: upper case, lower case, digits, symbols.',
        }),
      },
      { nullable: true, description: 'What it is made of.' },
    ),
    rejects: object(
      {
        pwned: flag({ default: true, description: 'Passwords that have leaked.' }),
        repetitionAndSequence: flag({ default: true, description: 'Such as aaaa or 1234.' }),
        userInfo: flag({ default: true, description: 'What is known of the user.' }),
        words: list(text({}), {
          insteadOfNull: '[]',
          default: [],
          description: 'Words that it may not hold.',
        }),
      },
      { nullable: true, description: 'What is refused.' },
    ),
  },
  {
    ...keys,
    description: 'Which passwords are taken. What is not stated of a part gets its default from Logto.',
  },
);

export const mfa = object(
  {
    factors: list(
      choice(['Totp', 'WebAuthn', 'BackupCode', 'EmailVerificationCode', 'PhoneVerificationCode'], {}),
      { distinct: true, insteadOfNull: '[]', description: 'The second factors that users may set up.' },
    ),
    policy: choice(
      [
        'UserControlled',
        'Mandatory',
        'PromptOnlyAtSignIn',
        'PromptAtSignInAndSignUp',
        'NoPrompt',
        'PromptAtSignInAndSignUpMandatory',
        'PromptOnlyAtSignInMandatory',
      ],
      { description: 'Whether they must. The two that end in Mandatory after Prompt go with adaptiveMfa.' },
    ),
    organizationRequiredMfaPolicy: choice(['NoPrompt', 'Mandatory'], {
      nullable: true,
      description: 'The same for members of organizations that require it.',
    }),
  },
  { ...keys, description: 'Multi-factor authentication.' },
);

export const usernamePolicy = object(
  {
    caseSensitive: flag({ description: 'Whether Ann and ann are two users.' }),
    minLength: integer({ minimum: 1, maximum: 128, description: 'At least.' }),
    maxLength: integer({ minimum: 1, maximum: 128, description: 'At most.' }),
    allowedChars: object(
      {
        lowercase: flag({ description: 'a to z.' }),
        uppercase: flag({ description: 'A to Z.' }),
        numbers: flag({ description: '0 to 9.' }),
        underscore: flag({ description: 'The underscore.' }),
      },
      { ...keys, description: 'What user names are made of.' },
    ),
  },
  { ...keys, description: 'Which user names are taken.' },
);

/** As packages/toolkit/core-kit/src/email-blocklist.ts in logto-io/logto takes them. */
const addressOrDomain = text({
  pattern: '^[^\\s@]*@(?!\\.)(?!.*\\.\\.)[^\\s@]*\\.[^\\s@]*[^\\s@.]$',
  patternMeans: 'must be an address such as ann@example.com, or a domain such as @example.com',
});

export const emailBlocklistPolicy = object(
  {
    blockDisposableAddresses: optional('Throw-away addresses. Needs Logto Cloud.'),
    blockSubaddressing: optional('Addresses such as ann+shop@example.com.'),
    customAllowlist: list(addressOrDomain, {
      nullable: true,
      distinct: true,
      description: 'Addresses and domains (@example.com) that are taken all the same.',
    }),
    customBlocklist: list(addressOrDomain, {
      nullable: true,
      distinct: true,
      description: 'Addresses and domains (@example.com) that are refused.',
    }),
  },
  { ...keys, description: 'Which e-mail addresses may not sign up.' },
);
