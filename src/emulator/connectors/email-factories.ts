import { contentType, httpConfig, templates, texts, together } from './config-shapes.js';
import { everywhere, names, senderOf } from './connector-factory.js';
import { smtpConfig } from './smtp-config.js';

const sender = senderOf('Email');

/** @see packages/connectors in logto-io/logto: src/constant.ts and src/types.ts of each */
export const emailFactories = [
  sender(
    'aliyun-direct-mail',
    'aliyun-dm',
    names('Aliyun Direct Mail', '阿里云邮件推送', 'Aliyun Direct Mail', 'Aliyun 다이렉트 메일'),
    texts(
      'accessKeyId accessKeySecret accountName fromAlias?',
      together(templates('subject content'), (z) => ({
        regionId: z
          .enum(['cn-hangzhou', 'ap-southeast-1', 'ap-southeast-2', 'eu-central-1', 'us-east-1'])
          .optional(),
      })),
    ),
  ),
  sender(
    'aws-ses-mail',
    'aws-ses',
    names('AWS Direct Mail', 'AWS邮件推送', 'AWS Direct Mail', 'AWS 다이렉트 메일'),
    texts(
      'accessKeyId accessKeySecret region emailAddress? emailAddressIdentityArn? feedbackForwardingEmailAddress? feedbackForwardingEmailAddressIdentityArn? configurationSetName?',
      templates('subject content'),
    ),
  ),
  sender('http-email', 'http-email', { en: 'HTTP Email' }, httpConfig),
  sender(
    'mailgun-email',
    'mailgun-email',
    { en: 'Mailgun' },
    texts('domain apiKey from', (z) => {
      const variables = { variables: z.record(z.unknown()).optional() };
      return {
        endpoint: z.string().url().endsWith('.mailgun.net').optional(),
        deliveries: z.record(
          texts('html subject text? replyTo?')(z).or(texts('template subject? replyTo?', () => variables)(z)),
        ),
      };
    }),
  ),
  sender(
    'mailjunky-email-service',
    'mailjunky-mail',
    { en: 'MailJunky Email', 'zh-CN': 'MailJunky 邮件' },
    texts(
      'apiKey fromEmail fromName?',
      templates('subject content', (z) => ({ type: z.enum(['text/html', 'text/plain']).optional() })),
    ),
  ),
  sender(
    'postmark-mail',
    'postmark-mail',
    { en: 'Postmark Mail' },
    texts('serverToken fromEmail', templates('templateAlias')),
  ),
  sender(
    'sendgrid-email-service',
    'sendgrid-mail',
    { en: 'SendGrid Email', 'zh-CN': 'SendGrid 邮件' },
    texts('apiKey fromEmail fromName?', templates('subject content', contentType)),
  ),
  sender('simple-mail-transfer-protocol', 'smtp', everywhere('SMTP'), smtpConfig),
  sender(
    'smtp2go-email-service',
    'smtp2go-email',
    { en: 'SMTP2GO Email', 'zh-CN': 'SMTP2GO 邮件', de: 'SMTP2GO E-Mail' },
    texts(
      'apiKey senderName?',
      together(templates('subject content', contentType), (z) => ({ sender: z.string().email() })),
    ),
  ),
];
