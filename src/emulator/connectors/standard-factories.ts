import { profileMap, texts, together, type Fields } from './config-shapes.js';
import { everywhere, type ConnectorFactory } from './connector-factory.js';

const standard = (
  id: string,
  name: string,
  config: ConnectorFactory['config'],
  more: Pick<ConnectorFactory, 'isTokenStorageSupported'> = {},
): ConnectorFactory => ({
  id,
  type: 'Social',
  target: id,
  platform: 'Universal',
  name: everywhere(name),
  isStandard: true,
  config,
  ...more,
});

const clientAuthentication: Fields = (z) => ({
  responseType: z.literal('code').optional(),
  grantType: z.literal('authorization_code').optional(),
  tokenEndpointAuthMethod: z
    .enum(['client_secret_basic', 'client_secret_post', 'client_secret_jwt'])
    .optional(),
  clientSecretJwtSigningAlgorithm: z.enum(['HS256', 'HS384', 'HS512']).optional(),
  customConfig: z.record(z.string()).optional(),
});

const samlFields = texts(
  'entityID signInEndpoint? x509Certificate idpMetadataXml assertionConsumerServiceUrl privateKey? privateKeyPass? encPrivateKey? encPrivateKeyPass?',
  together(profileMap, (z) => ({
    signAuthnRequest: z.boolean().optional(),
    requestSignatureAlgorithm: z
      .enum([
        'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
        'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
      ])
      .optional(),
    messageSigningOrder: z.enum(['sign-then-encrypt', 'encrypt-then-sign']).optional(),
    encryptAssertion: z.boolean().optional(),
    nameIDFormat: z
      .enum([
        'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
        'urn:oasis:names:tc:SAML:1.1:nameid-format:X509SubjectName',
        'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
      ])
      .optional(),
    timeout: z.number().optional(),
    authnRequestBinding: z.literal('HTTP-Redirect').optional(),
    assertionBinding: z.literal('HTTP-POST').optional(),
  })),
);

/** Whoever signs or decrypts needs the key for it. */
const samlConfig: ConnectorFactory['config'] = (z) =>
  samlFields(z)
    .refine(({ signAuthnRequest, privateKey }) => !signAuthnRequest || privateKey, {
      message: 'A request is to be signed, and there is no `privateKey`.',
    })
    .refine(({ encryptAssertion, encPrivateKey }) => !encryptAssertion || encPrivateKey, {
      message: 'An assertion is encrypted, and there is no `encPrivateKey`.',
    });

/** @see packages/connectors/connector-{oauth2,oidc,saml}/src in logto-io/logto */
export const standardFactories: readonly ConnectorFactory[] = [
  standard(
    'oauth2',
    'OAuth 2.0',
    texts(
      'authorizationEndpoint tokenEndpoint userInfoEndpoint clientId clientSecret scope?',
      together(clientAuthentication, profileMap, (z) => ({
        tokenEndpointResponseType: z.enum(['query-string', 'json']).optional(),
      })),
    ),
    { isTokenStorageSupported: true },
  ),
  standard(
    'oidc',
    'OIDC',
    texts(
      'authorizationEndpoint tokenEndpoint clientId clientSecret scope',
      together(clientAuthentication, (z) => ({
        acceptStringTypedBooleanClaims: z.boolean().optional(),
        trustUnverifiedEmail: z.boolean().optional(),
        idTokenVerificationConfig: texts('jwksUri subject? typ?', () => ({
          issuer: z.string().or(z.string().array()).optional(),
          audience: z.string().or(z.string().array()).optional(),
          algorithms: z.string().array().optional(),
          clockTolerance: z.string().or(z.number()).optional(),
          crit: z.record(z.boolean()).optional(),
          maxTokenAge: z.string().or(z.number()).optional(),
        }))(z),
        authRequestOptionalConfig: texts(
          'responseMode? display? prompt? maxAge? uiLocales? idTokenHint? loginHint? acrValues?',
        )(z).optional(),
      })),
    ),
    { isTokenStorageSupported: true },
  ),
  standard('saml', 'SAML', samlConfig),
];
