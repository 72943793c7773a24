import { useEmulator } from '../support/emulator.js';

const emulator = useEmulator();

interface Factory {
  readonly id: string;
  readonly type: 'Email' | 'Sms' | 'Social';
  readonly target: string;
  readonly platform: string | null;
  readonly isStandard?: boolean;
  readonly formItems: readonly { readonly key: string; readonly required: boolean }[];
}

const factories = async (): Promise<readonly Factory[]> =>
  (await emulator.request('GET', '/api/connector-factories')).body as readonly Factory[];

test('a connector of every factory can be created before it is configured', async () => {
  const all = await factories();
  for (const { id, isStandard } of all) {
    const metadata = isStandard === true ? { metadata: { target: `own-${id}` } } : {};
    const { status } = await emulator.request('POST', '/api/connectors', { connectorId: id, ...metadata });
    expect({ id, status }).toEqual({ id, status: 200 });
  }
  const { body } = await emulator.request('GET', '/api/connectors');
  const types = (body as readonly { readonly type: string }[]).map(({ type }) => type);
  const count = (type: string): number => types.filter((one) => one === type).length;
  // Of e-mail and text messages the last one stays.
  const social = all.filter(({ type }) => type === 'Social').length;
  expect([count('Social'), count('Email'), count('Sms')]).toEqual([social, 1, 1]);
});

test('every factory refuses a config without what its form requires', async () => {
  for (const { id, isStandard, formItems } of await factories()) {
    expect(formItems.some(({ required }) => required)).toBe(true);
    const { status, body } = await emulator.request('POST', '/api/connectors', {
      connectorId: id,
      config: { unknown: true },
      ...(isStandard === true ? { metadata: { target: id } } : {}),
    });
    expect({ id, status, body }).toMatchObject({
      id,
      status: 400,
      body: { code: 'connector.invalid_config' },
    });
  }
});

test('a connector of an encrypting or signing SAML provider needs the keys for it', async () => {
  const config = {
    entityID: 'urn:logto',
    x509Certificate: 'c',
    idpMetadataXml: '<x/>',
    assertionConsumerServiceUrl: 'https://logto.example.com/acs',
    signAuthnRequest: true,
  };
  const create = async (more: object): Promise<number> =>
    (
      await emulator.request('POST', '/api/connectors', {
        connectorId: 'saml',
        config: { ...config, ...more },
        metadata: { target: 'corp' },
      })
    ).status;
  expect(await create({})).toBe(400);
  expect(await create({ privateKey: 'k' })).toBe(200);
});

test('an id that is taken is an error of the server, as in Logto', async () => {
  const create = async (connectorId: string): Promise<number> =>
    (await emulator.request('POST', '/api/connectors', { id: 'mine', connectorId })).status;
  expect(await create('github-universal')).toBe(200);
  expect(await create('google-universal')).toBe(500);
  expect(await create('http-sms')).toBe(500);
});
