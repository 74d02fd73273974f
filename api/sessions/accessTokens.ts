import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Long enough for a script’s work between two logins, short enough to be carried about. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ISSUER = 'troupe';
const AUDIENCE = 'troupe-api';
const TYPE = 'at+jwt';

const Claims = z.looseObject({ sub: z.uuid(), sid: z.uuid() });

export interface AccessTokens {
  /** A token for a session: it ends when the session does. */
  create(session: { userId: string; sessionId: string }): Promise<string>;
  /** Id of the session a token belongs to, or null for any token that is not ours or not good any more. */
  read(token: string): Promise<string | null>;
}

/** Signs with the first secret and accepts all of them, so that secrets can be changed while tokens are out. */
export function createAccessTokens(secrets: readonly [string, ...string[]]): AccessTokens {
  const keys = secrets.map(deriveKey);
  const [signingKey = deriveKey(secrets[0])] = keys;

  return {
    create: ({ userId, sessionId }) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${ACCESS_TOKEN_SECONDS}s`)
        .sign(signingKey),
    async read(token) {
      for (const key of keys) {
        const claims = await verify(token, key);
        if (claims) return claims.sid;
      }
      return null;
    },
  };
}

/** A key of its own for this purpose: a secret used for two things is two leaks. */
const deriveKey = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, 'troupe', 'access-token', 32));

async function verify(token: string, key: Uint8Array): Promise<z.infer<typeof Claims> | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      requiredClaims: ['exp', 'sub', 'sid'],
    });
    return Claims.parse(payload);
  } catch {
    // Whatever is wrong with a token, its bearer is nobody.
    return null;
  }
}
