import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { createAccessTokens } from './accessTokens.ts';

const session = { userId: randomUUID(), sessionId: randomUUID() };
const tokens = createAccessTokens(['first secret']);

describe('access tokens', () => {
  it('name the session they were made from', async () => {
    expect(await tokens.read(await tokens.create(session))).toBe(session.sessionId);
  });

  it('stay good when secrets are changed, until the old one is taken away', async () => {
    const token = await tokens.create(session);
    expect(await createAccessTokens(['second secret', 'first secret']).read(token)).toBe(session.sessionId);
    expect(await createAccessTokens(['second secret']).read(token)).toBeNull();
  });

  it('are refused unsigned, changed, for others, of another type or without an end', async () => {
    const good = await tokens.create(session);
    const [head, body] = good.split('.');
    const key = new TextEncoder().encode('first secret');
    const claims = { sub: session.userId, sid: session.sessionId, iss: 'troupe', aud: 'troupe-api' };
    const forged = [
      '',
      'x',
      'a.b.c',
      `${head}.${body}.`,
      `${head}.${body}.AAAA`,
      new UnsecuredJWT(claims).setExpirationTime('1h').encode(),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
        .setExpirationTime('1h')
        .sign(key),
    ];
    for (const token of forged) expect(await tokens.read(token)).toBeNull();
  });
});
