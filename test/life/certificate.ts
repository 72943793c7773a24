/** A certificate of an identity provider, valid for a hundred years; nobody has its key. */
export const certificate = `
MIIDFzCCAf+gAwIBAgIURPoIM1cSw4bwlGSbWu1pIDTZ7yIwDQYJKoZIhvcNAQELBQAwGjEYMBYGA1UEAwwPaWRwLmV4YW1w
bGUuY29tMCAXDTI2MTEyNjIzMDgwNloYDzIxMjYxMTAyMjMwODA2WjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wggEi
MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCdEJTYAdCzjJNEAlJN5eE26ArBRjpE26lRJG77kVz3iG3w3FiQpcvkzIZt
koC2YNA9djSUswvNdEMjpIPqOACf8qt5KNeDf7ALSBBqGoqbveamAsJNqaUL6updoEYWiycdP3IdroQMZlK/l/QNraCHx2E9
f6RBh1NsD8vEKiubWABuhJK6mJgcIgsKdYlUrW/8syNIhh3ugx5fS7KVPbdosLeTw8UVknEQpSc27DscM5bx6A8Zyvc64Ozr
Su5Vo4l5Nm2qb3NqAh2RcnKbFA+DZ/WRPVS+MDbm4rfU/vP7xN6j57JpFUViBEgxxgCXOm8IRvaJM6ABVgYmSN7h/oT5AgMB
AAGjUzBRMB0GA1UdDgQWBBQpkBHDcanrkdtKiWx9ewUMXERZzDAfBgNVHSMEGDAWgBQpkBHDcanrkdtKiWx9ewUMXERZzDAP
BgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQBADH449k7bw5PnJ6g2r2YtIIkVtnMvQEoeONQ2flZawqLB1z/d
5T3KlsTq1pnoGMI+2MOxIJLibL+ysOpKGt2IRWAO18JKHVHB6FXSJ0HxvRp+5yTW3Lusqw7HzUMvvy2VE1tV1Cjgzr92y0QC
TaJrGIUbM2MXXRty8xgB812+gu5Wx/YkVo4kyR25mPGSLiYe3NdEBTtMvObjeuZrQpa4r+pirYPHbmp4Y8m8pceu7vlmwETb
TvJih0DxqOkYSYPaKB4k8iG8YveTTDOohKQL4URK/YCLMi0cFoWLMWZuube8K40bNEAFEWZgxITtNUkl/BpUk9r7CSyGk13V
YFPq
`.replaceAll('\n', '');

/** The metadata of that provider. */
export const metadata = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
`;
