import { texts } from './config-shapes.js';
import { everywhere, names, type ConnectorFactory } from './connector-factory.js';

const oauth = texts('clientId clientSecret scope?');
const prompts = ['none', 'login', 'consent', 'select_account'] as const;

const universal = (
  target: string,
  name: ConnectorFactory['name'],
  config = oauth,
  more: Pick<ConnectorFactory, 'isTokenStorageSupported'> = {},
): ConnectorFactory => ({
  id: `${target}-universal`,
  type: 'Social',
  target,
  platform: 'Universal',
  name,
  config,
  ...more,
});

const onPlatform = (
  platform: 'Native' | 'Web',
  target: string,
  name: ConnectorFactory['name'],
  config: ConnectorFactory['config'],
): ConnectorFactory => ({
  id: `${target}-${platform.toLowerCase()}`,
  type: 'Social',
  target,
  platform,
  name,
  config,
});

/** @see packages/connectors in logto-io/logto: src/constant.ts and src/types.ts of each */
export const socialFactories: readonly ConnectorFactory[] = [
  onPlatform(
    'Native',
    'alipay',
    names('Alipay', '支付宝'),
    texts('privateKey', (z) => ({ appId: z.string().max(16), signType: z.enum(['RSA', 'RSA2']) })),
  ),
  onPlatform(
    'Web',
    'alipay',
    names('Alipay', '支付宝'),
    texts('appId privateKey scope?', (z) => ({
      signType: z.enum(['RSA', 'RSA2']),
      charset: z.enum(['gbk', 'utf8']).default('utf8'),
    })),
  ),
  universal('amazon', everywhere('Amazon')),
  universal('apple', everywhere('Apple'), texts('clientId scope?')),
  universal(
    'azuread',
    everywhere('Microsoft'),
    texts('clientId clientSecret cloudInstance tenantId scopes?', (z) => ({
      prompts: z.enum(prompts).array().optional(),
    })),
  ),
  onPlatform('Web', 'dingtalk', names('DingTalk', '钉钉'), oauth),
  universal('discord', { en: 'Discord' }),
  universal('facebook', everywhere('Facebook'), oauth, { isTokenStorageSupported: true }),
  onPlatform('Web', 'feishu', names('Feishu', '飞书'), texts('appId appSecret')),
  universal('github', everywhere('GitHub'), oauth, { isTokenStorageSupported: true }),
  universal('gitlab', { en: 'GitLab' }),
  universal(
    'google',
    everywhere('Google'),
    texts('clientId clientSecret scope?', (z) => ({
      prompts: z.enum(prompts).array().optional(),
      oneTap: z
        .object({
          isEnabled: z.boolean().optional(),
          autoSelect: z.boolean().optional(),
          closeOnTapOutside: z.boolean().optional(),
          itpSupport: z.boolean().optional(),
        })
        .optional(),
      offlineAccess: z.boolean().optional(),
    })),
    { isTokenStorageSupported: true },
  ),
  universal('huggingface', { en: 'Hugging Face' }),
  universal('kakao', names('Kakao', 'Kakao', 'Kakao', '카카오'), texts('clientId clientSecret?')),
  universal('kook', everywhere('KOOK')),
  universal('line', everywhere('Line')),
  universal('linkedin', everywhere('LinkedIn')),
  universal('naver', names('Naver', 'Naver', 'Naver', '네이버'), texts('clientId clientSecret')),
  universal('patreon', everywhere('Patreon')),
  universal('qq', everywhere('QQ'), texts('clientId clientSecret scope? redirectUri?')),
  universal('slack', everywhere('Slack')),
  onPlatform('Native', 'wechat', names('WeChat', '微信'), texts('appId appSecret universalLinks?')),
  onPlatform('Web', 'wechat', names('WeChat', '微信'), texts('appId appSecret scope?')),
  universal('wecom', names('WeCom', '企业微信'), texts('corpId appSecret agentId scope?')),
  universal('x', everywhere('X')),
  universal(
    'xiaomi',
    names('Xiaomi', '小米'),
    texts('clientId clientSecret scope? redirectUri?', (z) => ({ skipConfirm: z.boolean().optional() })),
  ),
];
