import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

import type { Queries } from '../database/database.js';
import { sql } from '../database/sql.js';

export interface Claims {
  readonly sub?: string;
  readonly iss?: string;
  readonly aud?: string;
  readonly exp?: number;
  readonly scope?: string | undefined;
  readonly [claim: string]: unknown;
}

/** Signs and verifies tokens with the tenant's OIDC keys, which are kept in its configuration as in Logto. */
export interface SigningKeys {
  sign(claims: Claims): Promise<string>;
  /** The claims of a valid token; otherwise an error whose message is the code of the JOSE library that Logto uses. */
  verify(
    token: string,
    expected: { readonly issuer: string; readonly audience: string },
  ): Promise<Claims | Error>;
  publicKeys(): Promise<readonly object[]>;
  /** Reads the keys anew: they were rotated, deleted or reset. */
  forget(): void;
}

interface StoredKey {
  readonly id: string;
  readonly value: string;
  readonly status?: 'Next' | 'Current' | 'Previous';
}

interface Key {
  readonly id: string;
  readonly isCurrent: boolean;
  readonly algorithm: 'ES384' | 'RS256';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Verified tokens are remembered, because checking a P-384 signature costs more than most requests. */
const rememberedTokens = 1000;

export function signingKeysOf(queries: Queries): SigningKeys {
  let loaded: Promise<readonly Key[]> | undefined;
  let verified = new Map<string, Claims>();
  const keys = (): Promise<readonly Key[]> => (loaded ??= readKeys(queries));

  const verifiedClaims = async (token: string): Promise<Claims | undefined> => {
    const known = verified.get(token);
    if (known !== undefined) return known;
    const claims = claimsOf(token, await keys());
    if (claims !== undefined) {
      if (verified.size >= rememberedTokens) verified.clear();
      verified.set(token, claims);
    }
    return claims;
  };

  return {
    async sign(claims) {
      const known = await keys();
      const key = known.find(({ isCurrent }) => isCurrent) ?? known[0];
      if (key === undefined) throw new Error('The tenant has no signing key.');
      const header = { alg: key.algorithm, typ: 'at+jwt', kid: key.id };
      const content = `${encode(header)}.${encode(claims)}`;
      return `${content}.${signatureOf(content, key).toString('base64url')}`;
    },
    async verify(token, { issuer, audience }) {
      const claims = await verifiedClaims(token);
      if (claims === undefined) return new Error('ERR_JWS_INVALID');
      if (claims.iss !== issuer || claims.aud !== audience)
        return new Error('ERR_JWT_CLAIM_VALIDATION_FAILED');
      if ((claims.exp ?? 0) * 1000 <= Date.now()) return new Error('ERR_JWT_EXPIRED');
      return claims;
    },
    publicKeys: async () =>
      (await keys()).map(({ id, algorithm, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        use: 'sig',
        kid: id,
        alg: algorithm,
      })),
    forget() {
      loaded = undefined;
      verified = new Map();
    },
  };
}

async function readKeys(queries: Queries): Promise<readonly Key[]> {
  const { rows } = await queries.query<{ value: readonly StoredKey[] }>(
    sql`select value from logto_configs where key = 'oidc.privateKeys'`,
  );
  return (rows[0]?.value ?? []).map(({ value, status }) => {
    const privateKey = createPrivateKey(value);
    const publicKey = createPublicKey(privateKey);
    return {
      id: thumbprintOf(publicKey),
      isCurrent: status === undefined || status === 'Current',
      algorithm: privateKey.asymmetricKeyType === 'rsa' ? 'RS256' : 'ES384',
      privateKey,
      publicKey,
    };
  });
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signatureOf = (content: string, { algorithm, privateKey }: Key): Buffer =>
  algorithm === 'RS256'
    ? sign('sha256', Buffer.from(content), privateKey)
    : sign('sha384', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' });

function claimsOf(token: string, keys: readonly Key[]): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const bytes = Buffer.from(signature, 'base64url');
  const isSigned = keys.some(({ algorithm, publicKey }) =>
    algorithm === 'RS256'
      ? verify('sha256', Buffer.from(`${header}.${payload}`), publicKey, bytes)
      : verify(
          'sha384',
          Buffer.from(`${header}.${payload}`),
          { key: publicKey, dsaEncoding: 'ieee-p1363' },
          bytes,
        ),
  );
  return isSigned ? (JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims) : undefined;
}

/** RFC 7638: the hash of a public key's required members, in alphabetical order. */
function thumbprintOf(publicKey: KeyObject): string {
  const { crv, e, kty, n, x, y } = publicKey.export({ format: 'jwk' });
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
