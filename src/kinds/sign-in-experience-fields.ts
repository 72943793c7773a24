import { branding } from './branding.js';
import { languageTags } from './languages.js';
import {
  emailBlocklistPolicy,
  keys,
  mfa,
  optional,
  passwordPolicy,
  usernamePolicy,
} from './sign-in-policies.js';
import { choice, flag, integer, list, number, object, record, text } from './field.js';

const identifiers = ['username', 'email', 'phone'] as const;
const link = (description: string) => text({ nullable: true, format: 'url', description });

const color = object(
  {
    primaryColor: text({ minLength: 1, format: 'color', description: 'Of buttons and links.' }),
    isDarkModeEnabled: flag({ description: 'Whether there is a dark mode.' }),
    darkPrimaryColor: text({ minLength: 1, format: 'color', description: 'The same in dark mode.' }),
  },
  { ...keys, description: 'Colours.' },
);

const signUp = object(
  {
    identifiers: list(choice(identifiers, {}), {
      insteadOfNull: '[]',
      description: 'What a new user gives: all of them.',
    }),
    password: flag({ description: 'Whether a password is set.' }),
    verify: flag({ description: 'Whether e-mail address or phone number are verified by a code.' }),
    secondaryIdentifiers: list(
      object(
        {
          identifier: choice([...identifiers, 'emailOrPhone'], {
            required: true,
            description: 'What is given.',
          }),
          verify: flag({ description: 'Whether it is verified by a code.' }),
        },
        {},
      ),
      { nullable: true, description: 'What a new user is asked for besides.' },
    ),
  },
  { ...keys, description: 'How somebody becomes a user.' },
);

const signIn = object(
  {
    methods: list(
      object(
        {
          identifier: choice(identifiers, { required: true, description: 'What the user is known by.' }),
          password: flag({ required: true, description: 'By password.' }),
          verificationCode: flag({ required: true, description: 'By a code that is sent.' }),
          isPasswordPrimary: flag({ required: true, description: 'Which of the two is offered first.' }),
        },
        {},
      ),
      { insteadOfNull: '[]', description: 'The ways to sign in, in the order in which they are shown.' },
    ),
  },
  { ...keys, description: 'How users sign in.' },
);

const sources = (description: string) =>
  list(text({ minLength: 1 }), { nullable: true, distinct: true, description });

/** The sign-in experience of a tenant, column by column; what is a map replaces its column whole in Logto. */
export const signInExperienceFields = {
  color,
  branding,
  hideLogtoBranding: flag({ default: false, description: 'Needs Logto Cloud.' }),
  languageInfo: object(
    {
      autoDetect: flag({ description: 'Follow the browser of the user.' }),
      fallbackLanguage: choice(languageTags, {
        description: 'What is spoken else: a language that Logto brings, or one with custom phrases.',
      }),
    },
    { ...keys, description: 'Languages.' },
  ),
  termsOfUseUrl: link('Terms of use.'),
  privacyPolicyUrl: link('Privacy policy.'),
  agreeToTermsPolicy: choice(['Automatic', 'ManualRegistrationOnly', 'Manual'], {
    default: 'Automatic',
    description: 'Whether users tick a box.',
  }),
  signUp,
  signIn,
  signInMode: choice(['SignIn', 'Register', 'SignInAndRegister'], {
    default: 'SignInAndRegister',
    description: 'Whether somebody can become a user.',
  }),
  socialSignIn: object(
    {
      automaticAccountLinking: optional('Link to the user who has the same address.'),
      skipRequiredIdentifiers: optional('Do not ask for what signUp asks for.'),
    },
    { ...keys, description: 'Sign-in by social connectors.' },
  ),
  socialSignInConnectorTargets: list(text({ minLength: 1 }), {
    distinct: true,
    insteadOfNull: '[]',
    default: [],
    description:
      'The targets of the social connectors that are offered, in the order in which they are shown.',
  }),
  singleSignOnEnabled: flag({ default: false, description: 'Whether enterprise SSO is offered.' }),
  customCss: text({ nullable: true, content: 'css', description: 'A style sheet.' }),
  customContent: record(text({ content: 'html' }), {
    insteadOfNull: 'the keys that you want to clear',
    default: {},
    description: 'HTML by path of the sign-in pages.',
  }),
  customUiAssets: object(
    {
      id: text({ required: true, description: 'The id of the upload.' }),
      createdAt: number({ required: true, description: 'When it was uploaded, in epoch milliseconds.' }),
    },
    { nullable: true, description: 'Sign-in pages of your own, uploaded to Logto Cloud before.' },
  ),
  customUiCsp: object(
    {
      scriptSrc: sources('Where scripts may come from.'),
      connectSrc: sources('What pages may connect to.'),
    },
    { ...keys, description: 'Content security policy of your own sign-in pages. Needs Logto Cloud.' },
  ),
  passwordPolicy,
  mfa,
  adaptiveMfa: object(
    { enabled: optional('Ask for a second factor where a sign-in looks unusual.') },
    {
      ...keys,
      description: 'Adaptive MFA. Goes with the policies of mfa that end in Mandatory after Prompt.',
    },
  ),
  captchaPolicy: object(
    { enabled: optional('Whether a captcha is shown. Needs captchaProvider.') },
    { ...keys, description: 'Captcha.' },
  ),
  sentinelPolicy: object(
    {
      maxAttempts: integer({ nullable: true, minimum: 1, description: 'Failed attempts before a lockout.' }),
      lockoutDuration: integer({ nullable: true, minimum: 1, description: 'How long it lasts, in minutes.' }),
    },
    { ...keys, description: 'Lockout after failed attempts.' },
  ),
  emailBlocklistPolicy,
  verificationCodePolicy: object(
    {
      expirationDuration: integer({
        nullable: true,
        minimum: 60,
        maximum: 3600,
        description: 'How long a code is valid, in seconds.',
      }),
      maxRetryAttempts: integer({
        nullable: true,
        minimum: 1,
        maximum: 100,
        description: 'How often a wrong code may be given.',
      }),
    },
    { ...keys, description: 'Codes that are sent.' },
  ),
  forgotPasswordMethods: list(choice(['EmailVerificationCode', 'PhoneVerificationCode'], {}), {
    nullable: true,
    distinct: true,
    description: 'How users get a new password. null: by whatever connector there is.',
  }),
  passkeySignIn: object(
    {
      enabled: optional('Whether passkeys are taken.'),
      showPasskeyButton: optional('Whether there is a button.'),
      allowAutofill: optional('Whether the browser offers them.'),
    },
    { ...keys, description: 'Sign-in by passkey.' },
  ),
  signUpProfileFields: list(
    object({ name: text({ required: true, description: 'The name of a profile field.' }) }, {}),
    {
      nullable: true,
      description: 'Which profile fields a new user fills in, in this order. null: all of them.',
    },
  ),
  passwordExpiration: object(
    {
      enabled: flag({ sameAsAbsent: false, description: 'Whether passwords expire.' }),
      validPeriodDays: integer({
        nullable: true,
        minimum: 1,
        description: 'After how many days. Only with enabled: true.',
      }),
    },
    { ...keys, description: 'Expiration of passwords. Needs a way to get a new one.' },
  ),
  usernamePolicy,
  supportEmail: text({ nullable: true, format: 'email', description: 'Where users get help.' }),
  supportWebsiteUrl: link('The same on the web.'),
  unknownSessionRedirectUrl: link('Where users are sent whose sign-in cannot be continued.'),
} as const;
