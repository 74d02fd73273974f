import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';
import { consumeOneTimeToken, createOneTimeToken, type TokenPurpose } from './oneTimeTokens.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const create = (purpose: TokenPurpose = 'verify') =>
  api.database.transaction((transaction) =>
    createOneTimeToken(api.database, transaction, { purpose, subject: ada.user.id, userId: ada.user.id }),
  );
const use = (token: string, purpose: TokenPurpose = 'verify') =>
  api.database.transaction((transaction) =>
    consumeOneTimeToken(api.database, transaction, { purpose, token }),
  );
const refused = expect.objectContaining({ code: 'token.invalid' });

describe('a one-time token', () => {
  it('is good once, even for two who try at the same time', async () => {
    const token = await create();
    const tries = await Promise.allSettled([use(token), use(token)]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(use(token)).rejects.toEqual(refused);
  });

  it('is good for its purpose alone, and for as long as no later one was asked for', async () => {
    const first = await create();
    await expect(use(first, 'reset')).rejects.toEqual(refused);
    const second = await create();
    await expect(use(first)).rejects.toEqual(refused);
    expect(await use(second)).toMatchObject({ subject: ada.user.id, userId: ada.user.id });
  });

  it('ends', async () => {
    const token = await create('reset');
    await api.database.query(`update one_time_tokens set expires_at = now() where purpose = 'reset'`);
    await expect(use(token, 'reset')).rejects.toEqual(refused);
  });

  it('V24: is nowhere in the database', async () => {
    const token = await create();
    const rows = await api.database.query('select * from one_time_tokens', { type: QueryTypes.SELECT });
    expect(rows.length).toBeGreaterThan(0);
    const hex = Buffer.from(token).toString('hex');
    const raw = Buffer.from(token, 'base64url').toString('hex');
    const text = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('hex') : value,
    );
    for (const form of [token, hex, raw]) expect(text).not.toContain(form);
  });
});
