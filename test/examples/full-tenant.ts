/** Values for the secrets of the example of every kind; none of them may ever be shown. */
export const secretsOfFullTenant = Object.fromEntries(
  [
    'ACME_SSO_SECRET',
    'GITHUB_SECRET',
    'COMPANY_LOGIN_SECRET',
    'SMTP_PASSWORD',
    'CAPTCHA_SECRET',
    'TARIFF_API_KEY',
    'CRM_TOKEN',
    'TEST_PASSWORD',
  ].map((name) => [name, `canary-${name}`]),
);
