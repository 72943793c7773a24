import { httpConfig, templates, texts, together } from './config-shapes.js';
import { names, senderOf, type ConnectorFactory } from './connector-factory.js';

const sender = senderOf('Sms');

/** One provider wants a template for all that Logto ever sends. */
const everyUsage = [
  'Register',
  'SignIn',
  'ForgotPassword',
  'Generic',
  'UserPermissionValidation',
  'BindNewIdentifier',
  'OrganizationInvitation',
  'MfaVerification',
  'BindMfa',
];

const sms = (fields: string, template = 'content'): ConnectorFactory['config'] =>
  texts(fields, templates(template));

/** @see packages/connectors in logto-io/logto: src/constant.ts and src/types.ts of each */
export const smsFactories = [
  sender(
    'aliyun-short-message-service',
    'aliyun-sms',
    names(
      'Aliyun Short Message Service',
      '阿里云短信服务',
      'Aliyun SMS Servisi',
      'Aliyun Short 메세지 서비스',
    ),
    texts(
      'accessKeyId accessKeySecret signName',
      together(
        templates('', (z) => ({
          type: z.number().optional(),
          templateCode: z.string().or(texts('china overseas')(z)),
        })),
        (z) => ({ strictPhoneRegionNumberCheck: z.boolean().optional() }),
      ),
    ),
  ),
  sender(
    'aliyun-short-message-auth-service',
    'aliyun-sms-mas',
    names(
      'Aliyun Message Authentication Service',
      '阿里云短信认证服务',
      'Aliyun Mesaj Doğrulama Hizmeti',
      'Aliyun 메시지 인증 서비스',
    ),
    texts('accessKeyId accessKeySecret signName', templates('templateCode', undefined, everyUsage)),
  ),
  sender(
    'gatewayapi-sms',
    'gatewayapi-sms',
    { en: 'GatewayAPI SMS Service' },
    sms('endpoint apiToken sender'),
  ),
  sender('http-sms', 'http-sms', { en: 'HTTP SMS' }, httpConfig),
  sender(
    'smsaero-short-message-service',
    'smsaero-sms',
    { en: 'SMS Aero service' },
    texts(
      'apiKey senderName',
      together(templates('content'), (z) => ({ email: z.string().email() })),
    ),
  ),
  sender(
    'smsbao-sms',
    'smsbao-sms',
    { en: 'SMSBao SMS Service', 'zh-CN': '短信宝短信服务', zh: '短信宝短信服务' },
    texts('goodsId?', (z) => ({
      username: z.string().min(1),
      passwordOrApiKey: z.string().min(1),
      templates: texts('usageType content')(z).array().min(1),
    })),
  ),
  sender(
    'tencent-short-message-service',
    'tencent-sms',
    names(
      'Tencent Short Message Service',
      '腾讯云短信服务',
      'Tencent SMS Servisi',
      'Tencent Short 메세지 서비스',
    ),
    sms('accessKeyId accessKeySecret signName sdkAppId region', 'templateCode'),
  ),
  sender(
    'twilio-short-message-service',
    'twilio-sms',
    names('Twilio SMS Service', 'Twilio 短信服务', 'Twilio SMS Servisi', 'Twilio SMS 서비스'),
    texts(
      'accountSID authToken fromMessagingServiceSID',
      together(templates('content'), (z) => ({ disableRiskCheck: z.boolean().optional() })),
    ),
  ),
  sender('vonage-sms', 'vonage-sms', { en: 'Vonage SMS Service' }, sms('apiKey apiSecret brandName')),
  sender(
    'whatsapp-short-message-service',
    'whatsapp-sms',
    {
      ...names('WhatsApp Service', 'WhatsApp 短信服务', 'WhatsApp Servisi', 'WhatsApp 서비스'),
      es: 'Servicio de WhatsApp',
    },
    sms('accessToken phoneNumberId', 'templateName language?'),
  ),
  sender(
    'yunpian-sms',
    'yunpian-sms',
    {
      ...names('YunPian SMS Service', '云片短信服务', 'YunPian SMS Hizmeti', 'YunPian SMS 서비스'),
      zh: '云片短信服务',
    },
    texts(
      'apikey unsupportedCountriesMsg?',
      together(templates('content'), (z) => ({ enableInternational: z.boolean().optional() })),
    ),
  ),
];
