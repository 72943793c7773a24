import type { ConfigShape } from './config-shapes.js';

/** A kind of connector that the server has installed. */
export interface ConnectorFactory {
  readonly id: string;
  readonly type: 'Email' | 'Sms' | 'Social';
  /** What a user's identity at this provider is called; standard factories let each connector choose. */
  readonly target: string;
  readonly platform: 'Native' | 'Universal' | 'Web' | null;
  /** By language; at least English. */
  readonly name: Readonly<Record<string, string>>;
  /** Speaks a standard protocol with any provider: connectors have a target, a name and logos of their own. */
  readonly isStandard?: boolean;
  readonly isTokenStorageSupported?: boolean;
  readonly config: ConfigShape;
}

/** One name in the four languages that most factories have. */
export const everywhere = (name: string): ConnectorFactory['name'] => ({
  en: name,
  'zh-CN': name,
  'tr-TR': name,
  ko: name,
});

export const names = (en: string, chinese: string, turkish = en, korean = en): ConnectorFactory['name'] => ({
  en,
  'zh-CN': chinese,
  'tr-TR': turkish,
  ko: korean,
});

/** Makes factories that send messages: they have no platform. */
export const senderOf =
  (type: 'Email' | 'Sms') =>
  (
    id: string,
    target: string,
    name: ConnectorFactory['name'],
    config: ConnectorFactory['config'],
  ): ConnectorFactory => ({ id, type, target, platform: null, name, config });
