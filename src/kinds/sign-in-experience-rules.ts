import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import { hasConnectorOf, socialTargets } from './connector.js';
import type { Finding, TenantView } from './kind.js';
import { checkProfileFieldNames } from './profile-field-names.js';
import { memberOf, textsOf } from './sets.js';

type AddressedFinding = Finding & { readonly address: string };

const error = (path: readonly string[], message: string, hint: string): Finding => ({
  code: 'wrong-value',
  severity: 'error',
  path,
  message,
  hint,
});

const itemsOf = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
const isJsonObject = (value: Json): value is JsonObject => isObject(value);

/** What Logto refuses of a sign-in experience, whatever else the tenant holds. */
export function checkSignInExperience(fields: JsonObject): readonly Finding[] {
  return [...checkCombinations(fields), ...checkExpiration(fields)];
}

/** What of it Logto checks together with what stays as it is. */
const checkCombinations = (fields: JsonObject): readonly Finding[] => [
  ...checkMethods(fields),
  ...checkSignUp(fields),
  ...checkMfa(fields),
  ...checkUsernames(fields),
];

function checkMethods({ signIn }: JsonObject): readonly Finding[] {
  return itemsOf(memberOf(signIn, 'methods')).flatMap(({ identifier, password, verificationCode }, index) => {
    const path = ['signIn', 'methods', String(index)];
    if (identifier === 'username' && verificationCode === true) {
      const message = 'no code can be sent to a user name';
      return [error([...path, 'verificationCode'], message, 'write verificationCode: false')];
    }
    if (password !== false || verificationCode !== false) return [];
    const message = `the sign-in by ${textOf(identifier)} needs a password or a code`;
    return [error(path, message, 'set password or verificationCode to true')];
  });
}

function checkSignUp({ signUp }: JsonObject): readonly Finding[] {
  if (!isObject(signUp)) return [];
  const primary = textsOf(memberOf(signUp, 'identifiers'));
  const secondary = itemsOf(memberOf(signUp, 'secondaryIdentifiers'));
  const findings: Finding[] = [];
  const names = [...primary, ...secondary.map(({ identifier }) => textOf(identifier))];
  const isStated = signUp.identifiers !== undefined;
  if (new Set(names).size < names.length) {
    const message = 'an identifier stands in signUp twice, which Logto refuses';
    findings.push(error(['signUp', 'identifiers'], message, 'name each once'));
  }
  if (isStated && primary.length === 0 && secondary.length > 0) {
    const message = 'secondaryIdentifiers need an identifier in signUp.identifiers';
    findings.push(error(['signUp', 'secondaryIdentifiers'], message, 'name one there'));
  }
  if (signUp.verify === false && primary.some((name) => name !== 'username')) {
    const message = 'who signs up by e-mail or phone has to be verified';
    findings.push(error(['signUp', 'verify'], message, 'write verify: true'));
  }
  secondary.forEach(({ identifier, verify }, index) => {
    if (identifier === 'username' || verify === true) return;
    const message = `${textOf(identifier)} has to be verified`;
    findings.push(error(['signUp', 'secondaryIdentifiers', String(index)], message, 'write verify: true'));
  });
  return findings;
}

function checkMfa({ mfa, adaptiveMfa, signIn }: JsonObject): readonly Finding[] {
  const factors = textsOf(memberOf(mfa, 'factors'));
  const policy = memberOf(mfa, 'policy');
  const findings: Finding[] = [];
  if (new Set(factors).size < factors.length) {
    findings.push(
      error(['mfa', 'factors'], 'a factor stands there twice, which Logto refuses', 'name each once'),
    );
  }
  if (factors.length === 1 && factors[0] === 'BackupCode') {
    const message = 'backup codes cannot be the only factor';
    findings.push(error(['mfa', 'factors'], message, 'name another factor too'));
  }
  for (const [factor, identifier] of [
    ['EmailVerificationCode', 'email'],
    ['PhoneVerificationCode', 'phone'],
  ] as const) {
    const methods = itemsOf(memberOf(signIn, 'methods'));
    const isSignIn = methods.some((one) => one.identifier === identifier && one.verificationCode === true);
    if (!isSignIn || !factors.includes(factor)) continue;
    const message = `a code by ${identifier} cannot be both the sign-in and the second factor`;
    findings.push(
      error(['mfa', 'factors'], message, `take ${factor} out, or the code out of signIn.methods`),
    );
  }
  const isAdaptive = memberOf(adaptiveMfa, 'enabled');
  const isMandatory = typeof policy === 'string' && /^Prompt\w+Mandatory$/.test(policy);
  if (isAdaptive === true && mfa !== undefined && factors.length === 0) {
    const message = 'adaptive MFA needs a second factor';
    findings.push(error(['adaptiveMfa', 'enabled'], message, 'name one in mfa.factors'));
  } else if (isAdaptive === true && policy !== undefined && !isMandatory) {
    const message = `adaptive MFA does not go with the policy ${textOf(policy)}`;
    findings.push(
      error(
        ['mfa', 'policy'],
        message,
        'write PromptAtSignInAndSignUpMandatory or PromptOnlyAtSignInMandatory',
      ),
    );
  } else if (isAdaptive === false && isMandatory && factors.length > 0) {
    const message = `the policy ${policy} goes with adaptive MFA only`;
    findings.push(
      error(['mfa', 'policy'], message, 'write another policy, or adaptiveMfa: { enabled: true }'),
    );
  }
  return findings;
}

function checkExpiration({ passwordExpiration }: JsonObject): readonly Finding[] {
  const path = ['passwordExpiration'];
  const [isOn, days] = ['enabled', 'validPeriodDays'].map((name) => memberOf(passwordExpiration, name));
  if (isOn === false && days !== undefined && days !== null) {
    const message = 'Logto keeps validPeriodDays only while enabled is true';
    return [error([...path, 'validPeriodDays'], message, 'take it out, or write enabled: true')];
  }
  return [];
}

function checkUsernames({ usernamePolicy }: JsonObject): readonly Finding[] {
  const findings: Finding[] = [];
  const [least, most] = ['minLength', 'maxLength'].map((name) => memberOf(usernamePolicy, name));
  if (typeof least === 'number' && typeof most === 'number' && least > most) {
    const message = `usernamePolicy.minLength ${least} is more than maxLength ${most}`;
    findings.push(error(['usernamePolicy', 'minLength'], message, 'write a smaller one'));
  }
  const allowed = memberOf(usernamePolicy, 'allowedChars');
  // A user name cannot begin with a digit, so digits alone are none.
  if (['lowercase', 'uppercase', 'underscore'].every((name) => memberOf(allowed, name) === false)) {
    const message = 'no user name can be made of the characters that are allowed';
    findings.push(
      error(['usernamePolicy', 'allowedChars'], message, 'allow lowercase, uppercase or underscore'),
    );
  }
  return findings;
}

/** What Logto refuses, or silently leaves out, because of what the tenant does not have. */
export function checkSignInInTenant(
  resources: ReadonlyMap<string, JsonObject>,
  view: TenantView,
): readonly AddressedFinding[] {
  return [...resources].flatMap(([address, fields]) =>
    [
      ...checkTogether(fields, view.current(address)?.fields ?? {}),
      ...checkTargets(fields, view),
      ...checkSenders(fields, view),
      ...checkRecovery(fields, merged(view.current(address)?.fields ?? {}, fields), view),
      ...checkProfileFieldNames('signUpProfileFields', fields, view),
      ...checkLanguage(fields, view),
      ...checkCaptcha(fields, view),
    ].map((finding) => ({ ...finding, message: `${address}: ${finding.message}`, address })),
  );
}

/** The same rules for what is stated together with what stays as the tenant has it, where the manifest states a part. */
function checkTogether(stated: JsonObject, current: JsonObject): readonly Finding[] {
  const known = new Set(checkCombinations(stated).map(({ message }) => message));
  return checkCombinations(merged(current, stated)).filter(
    ({ path: [column = ''], message }) => stated[column] !== undefined && !known.has(message),
  );
}

const merged = (current: JsonObject, stated: JsonObject): JsonObject => ({
  ...current,
  ...Object.fromEntries(
    Object.entries(stated).map(([name, value]) => {
      const before = current[name];
      return [name, isObject(value) && isObject(before) ? merged(before, value) : value];
    }),
  ),
});

/** Logto leaves out targets that it does not know, so that the next plan would want to add them again. */
function checkTargets(
  { socialSignInConnectorTargets: targets }: JsonObject,
  view: TenantView,
): readonly Finding[] {
  const known = socialTargets(view);
  return textsOf(targets).flatMap((target, index) => {
    if (known.includes(target)) return [];
    const message = `no social connector has the target "${target}", and Logto leaves it out`;
    const hint =
      known.length > 0
        ? `declare the connector; the targets that there are: ${[...new Set(known)].join(', ')}`
        : 'declare the connector first';
    return [error(['socialSignInConnectorTargets', String(index)], message, hint)];
  });
}

function checkSenders(
  { signUp, signIn, forgotPasswordMethods }: JsonObject,
  view: TenantView,
): readonly Finding[] {
  return (
    [
      ['Email', 'email', 'EmailVerificationCode', 'an e-mail connector'],
      ['Sms', 'phone', 'PhoneVerificationCode', 'a connector for text messages'],
    ] as const
  ).flatMap(([type, identifier, method, what]) => {
    if (hasConnectorOf(view, type)) return [];
    const secondary = itemsOf(memberOf(signUp, 'secondaryIdentifiers')).map((one) => one.identifier);
    const uses: (readonly string[])[] = [];
    if (textsOf(memberOf(signUp, 'identifiers')).includes(identifier)) uses.push(['signUp', 'identifiers']);
    if (secondary.some((one) => one === identifier || one === 'emailOrPhone')) {
      uses.push(['signUp', 'secondaryIdentifiers']);
    }
    const methods = itemsOf(memberOf(signIn, 'methods'));
    if (methods.some((one) => one.identifier === identifier && one.verificationCode === true)) {
      uses.push(['signIn', 'methods']);
    }
    if (textsOf(forgotPasswordMethods).includes(method)) uses.push(['forgotPasswordMethods']);
    return uses.map((path) =>
      error(
        path,
        `${path.join('.')} needs ${what}, and the tenant will have none`,
        'declare one under connectors',
      ),
    );
  });
}

/** Passwords may expire only where somebody can get a new one; null stands for whatever connector there is. */
function checkRecovery(stated: JsonObject, together: JsonObject, view: TenantView): readonly Finding[] {
  const { forgotPasswordMethods: methods = null, passwordExpiration } = together;
  const isStated = stated.passwordExpiration !== undefined || stated.forgotPasswordMethods !== undefined;
  if (!isStated || memberOf(passwordExpiration, 'enabled') !== true) return [];
  const isUsable = (
    [
      ['EmailVerificationCode', 'Email'],
      ['PhoneVerificationCode', 'Sms'],
    ] as const
  ).some(
    ([method, type]) => (methods === null || textsOf(methods).includes(method)) && hasConnectorOf(view, type),
  );
  if (isUsable) return [];
  const path = stated.passwordExpiration === undefined ? 'forgotPasswordMethods' : 'passwordExpiration';
  const message = 'passwords expire, and nobody could get a new one, which Logto refuses';
  const hint =
    'name a method in forgotPasswordMethods whose connector is declared, or let passwords not expire';
  return [error([path], message, hint)];
}

/** Those that Logto 1.42 brings (packages/phrases-experience/src/index.ts in logto-io/logto). */
const builtInLanguages =
  'ar cs de en es es-MX fa-IR fr it ja ko pl-PL pt-PT pt-BR ru th tr-TR uk-UA zh-CN zh-HK zh-TW'.split(' ');

function checkLanguage({ languageInfo }: JsonObject, view: TenantView): readonly Finding[] {
  const language = memberOf(languageInfo, 'fallbackLanguage');
  const phrases = [
    ...view.declared('customPhrases').values(),
    ...view.others('customPhrases').map(({ fields }) => fields),
  ];
  const known = [...builtInLanguages, ...phrases.map(({ languageTag }) => textOf(languageTag))];
  if (language === undefined || known.includes(textOf(language))) return [];
  const message = `Logto 1.42 does not bring the language "${textOf(language)}", and there will be no custom phrases in it`;
  return [
    {
      ...error(['languageInfo', 'fallbackLanguage'], message, 'declare them under customPhrases'),
      severity: 'warning',
    },
  ];
}

function checkCaptcha({ captchaPolicy }: JsonObject, view: TenantView): readonly Finding[] {
  const isThere = view.declared('captchaProvider').size > 0 || view.others('captchaProvider').length > 0;
  if (memberOf(captchaPolicy, 'enabled') !== true || isThere) return [];
  const message = 'captchaPolicy is enabled, and there is no captcha provider: nobody will be asked';
  return [
    {
      ...error(['captchaPolicy', 'enabled'], message, 'declare captchaProvider'),
      severity: 'warning',
      code: 'dangerous-value',
    },
  ];
}
