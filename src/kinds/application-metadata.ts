import { flag, integer, list, number, object, text } from './field.js';

export const oidcClientMetadata = object(
  {
    redirectUris: list(text({}), {
      insteadOfNull: '[]',
      default: [],
      initial: [],
      description: 'Where users may be sent after sign-in.',
    }),
    postLogoutRedirectUris: list(text({}), {
      insteadOfNull: '[]',
      default: [],
      initial: [],
      description: 'Where users may be sent after sign-out.',
    }),
    backchannelLogoutUri: text({
      nullable: true,
      minLength: 1,
      format: 'url',
      description: 'Called when a session ends.',
    }),
    backchannelLogoutSessionRequired: flag({
      nullable: true,
      description: 'Whether the logout token must name the session.',
    }),
    logoUri: text({ nullable: true, description: 'The logo of the application.' }),
  },
  { insteadOfNull: 'the keys that you want to clear', description: 'OpenID Connect settings.' },
);

export const customClientMetadata = object(
  {
    corsAllowedOrigins: list(text({ minLength: 1 }), {
      nullable: true,
      description: 'Origins that may call the token endpoint from a browser.',
    }),
    idTokenTtl: number({ nullable: true, description: 'Life of an ID token, in seconds.' }),
    refreshTokenTtl: number({
      nullable: true,
      description: 'Deprecated by Logto: use refreshTokenTtlInDays.',
    }),
    refreshTokenTtlInDays: integer({
      nullable: true,
      minimum: 1,
      maximum: 180,
      description: 'Life of a refresh token, in days.',
    }),
    alwaysIssueRefreshToken: flag({
      nullable: true,
      description: 'Issue a refresh token even if the client did not ask with prompt=consent.',
    }),
    rotateRefreshToken: flag({ nullable: true, description: 'Issue a new refresh token with each use.' }),
    allowTokenExchange: flag({
      nullable: true,
      description: 'Allow token exchange (first-party applications only).',
    }),
    isDeviceFlow: flag({
      nullable: true,
      immutable: true,
      sameAsAbsent: false,
      description: 'Use the device authorization grant (Native applications only, chosen at creation).',
    }),
    maxAllowedGrants: integer({
      nullable: true,
      minimum: 1,
      description: 'How many sessions a user may have in this application at once.',
    }),
  },
  { insteadOfNull: 'the keys that you want to clear', description: "Logto's own settings of the client." },
);
