import { useEmulator } from '../support/emulator.js';

const emulator = useEmulator();

async function newCertificate(): Promise<string> {
  const { body: application } = await emulator.request('POST', '/api/saml-applications', { name: 'SAML' });
  const { id } = application as { readonly id: string };
  const { body: secrets } = await emulator.request('GET', `/api/saml-applications/${id}/secrets`);
  return (secrets as readonly { readonly certificate: string }[])[0]?.certificate ?? '';
}

const createSso = (body: object): ReturnType<typeof emulator.request> =>
  emulator.request('POST', '/api/sso-connectors', { connectorName: 'Corp', ...body });

test('the metadata of a SAML provider are read: entity, address and certificate', async () => {
  const certificate = (await newCertificate()).replaceAll(/-----[^-]+-----|\s/g, '');
  const metadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:idp">
    <md:IDPSSODescriptor><ds:X509Certificate>${certificate}</ds:X509Certificate>
      <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>
    </md:IDPSSODescriptor></md:EntityDescriptor>`;
  const { status, body } = await createSso({ providerName: 'SAML', config: { metadata } });
  expect(status).toBe(200);
  const { id } = body as { readonly id: string };
  const { body: connector } = await emulator.request('GET', `/api/sso-connectors/${id}`);
  expect(connector).toMatchObject({
    config: { metadata },
    providerConfig: {
      serviceProvider: { assertionConsumerServiceUrl: `${emulator.url}/api/authn/single-sign-on/saml/${id}` },
      identityProvider: {
        entityId: 'urn:idp',
        signInEndpoint: 'https://idp.example.com/sso',
        isCertificateValid: true,
      },
    },
  });
});

test.each([
  ['OIDC', { issuer: 'https://idp.invalid', clientId: 'a', clientSecret: 'b' }, 'connector.invalid_config'],
  ['Okta', { issuer: 'no address', clientId: 'a', clientSecret: 'b' }, 'connector.invalid_config'],
  ['SAML', { metadataUrl: 'https://idp.invalid/metadata' }, 'connector.invalid_metadata'],
  ['AzureAD', { metadata: '<x/>' }, 'connector.invalid_certificate'],
])('a provider that cannot be asked is refused: %s %j', async (providerName, config, code) => {
  const { status, body } = await createSso({ providerName, config });
  expect({ status, body }).toMatchObject({ status: 400, body: { code } });
});

test('how requests are signed is checked, and not stored', async () => {
  const config = { metadataUrl: 'https://idp.example.com/metadata' };
  const { body } = await createSso({ providerName: 'SAML', config: { ...config, signAuthnRequest: true } });
  expect(body).toMatchObject({ config });
  expect(body).not.toHaveProperty('config.signAuthnRequest');
  const { status } = await createSso({
    providerName: 'SAML',
    config: { ...config, signAuthnRequest: 'yes' },
  });
  expect(status).toBe(400);
});

test('domains are lower-cased, and one may not be given twice', async () => {
  const { body } = await createSso({ providerName: 'OIDC', domains: ['Corp.Example.com'] });
  expect(body).toMatchObject({ domains: ['corp.example.com'] });
  const domains = ['a.example.com', 'A.example.com'];
  const { status, body: refusal } = await createSso({ providerName: 'OIDC', connectorName: 'B', domains });
  expect({ status, refusal }).toMatchObject({
    status: 422,
    refusal: { code: 'single_sign_on.duplicated_domains' },
  });
});

test('custom data of a SAML application is merged, what else is given is replaced', async () => {
  const { body } = await emulator.request('POST', '/api/saml-applications', {
    name: 'SAML',
    customData: { a: 1, b: { c: 2 } },
    attributeMapping: { sub: 'id', email: 'mail' },
  });
  const path = `/api/saml-applications/${(body as { readonly id: string }).id}`;
  await emulator.request('PATCH', path, {
    customData: { b: { d: 3 } },
    attributeMapping: { sub: 'uid' },
    entityId: 'urn:sp',
  });
  expect((await emulator.request('GET', path)).body).toMatchObject({
    customData: { a: 1, b: { d: 3 } },
    attributeMapping: { sub: 'uid' },
    entityId: 'urn:sp',
  });
  expect((await emulator.request('PATCH', path, {})).status).toBe(200);
});

test('the access control of a SAML application needs rules, as that of any other', async () => {
  const { body } = await emulator.request('POST', '/api/saml-applications', { name: 'SAML' });
  const path = `/api/saml-applications/${(body as { readonly id: string }).id}`;
  const { status } = await emulator.request('PATCH', path, { appLevelAccessControlEnabled: true });
  expect(status).toBe(422);
});
