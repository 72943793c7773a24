import { templates, texts, together } from './config-shapes.js';

const types = ['oauth2', 'OAuth2', 'OAUTH2'] as const;

/** @see packages/connectors/connector-smtp/src/types.ts in logto-io/logto */
export const smtpConfig = texts(
  'host fromEmail replyTo? name? localAddress? servername?',
  together(
    templates('subject content', (z) => ({ contentType: z.enum(['text/plain', 'text/html']) })),
    (z) => ({
      port: z.number(),
      auth: z.union([
        texts('user? pass?', () => ({ type: z.enum(['login', 'Login', 'LOGIN']).optional() }))(z).strict(),
        texts('user serviceClient', () => ({
          type: z.enum(types).optional(),
          privateKey: z.string().or(texts('key passphrase')(z)),
        }))(z),
        texts('user clientId? clientSecret? refreshToken? accessToken? accessUrl?', () => ({
          type: z.enum(types).optional(),
          expires: z.number().optional(),
        }))(z),
      ]),
      logger: z.boolean().optional(),
      debug: z.boolean().optional(),
      disableFileAccess: z.boolean().optional(),
      disableUrlAccess: z.boolean().optional(),
      connectionTimeout: z.number().optional(),
      greetingTimeout: z.number().optional(),
      socketTimeout: z.number().optional(),
      dnsTimeout: z.number().optional(),
      secure: z.boolean().optional(),
      tls: z.object({}).optional(),
      ignoreTLS: z.boolean().optional(),
      requireTLS: z.boolean().optional(),
      customHeaders: z.record(z.string().or(z.string().array())).optional(),
    }),
  ),
);
