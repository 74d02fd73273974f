import { randomUUIDv7 } from 'node:crypto';
import pg from 'pg';
import type { Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/createTestDatabase.ts';
import { connectDatabase, inWorkspace } from '../connect.ts';
import { Ledger } from '../Ledger.ts';
import { Credential } from '../models/Credential.ts';
import { Crew } from '../models/Crew.ts';
import { Workspace } from '../models/Workspace.ts';
import { doorOf } from './Door.ts';
import { keyPlace } from './fields.ts';
import { keepSecret } from './keepSecret.ts';
import { createKeySet, type KeySet } from './keySet.ts';
import { changeWorkspaceKey, checkKeys, rewrapKeys } from './lookAfterKeys.ts';
import { type CredentialUse, revealCredential } from './revealCredential.ts';
import { makeKey } from './wrapKey.ts';

const FIRST = 'the first secret of the operator.';
const SECOND = 'the second secret of the operator';
const ORIGIN = 'https://api.example.org';

// Of its own: its secrets are encrypted with other keys than those of other tests.
let own: TestDatabase;
let database: Sequelize;
let ledger: Ledger;
beforeAll(async () => {
  own = await createTestDatabase();
  database = connectDatabase({ url: own.url });
  ledger = new Ledger({ url: own.url, poolSize: 8 });
});
afterAll(async () => {
  await ledger.close();
  await database.close();
  await own.drop();
});

interface Kept {
  readonly use: CredentialUse & { readonly crewId: string };
  readonly secret: string;
}

async function keep(keys: KeySet, workspaceId: string = randomUUIDv7()): Promise<Kept> {
  const [id, crewId] = [randomUUIDv7(), randomUUIDv7()];
  const secret = `sk-${id}`;
  await inWorkspace(database, workspaceId, async (transaction) => {
    await Workspace.upsert({ id: workspaceId, name: 'Test' }, { transaction });
    const graph = CrewGraph.parse({ nodes: [], edges: [] });
    await Crew.create({ id: crewId, workspaceId, name: 'Test', graph }, { transaction });
    await Credential.create(
      { id, workspaceId, ownerId: null, provider: 'http', name: 'Test', origins: [ORIGIN] },
      { transaction },
    );
    await keepSecret(transaction, keys, { workspaceId, id, secret });
  });
  return { use: { workspaceId, credentialId: id, origin: ORIGIN, crewId }, secret };
}

const ownerSql = async <T extends object>(sql: string, bind: readonly unknown[] = []): Promise<T[]> => {
  const client = new pg.Client({ connectionString: own.ownerUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, [...bind])).rows;
  } finally {
    await client.end();
  }
};

describe('a kept secret', () => {
  const keys = createKeySet([FIRST]);

  it('comes back through either way to the database', async () => {
    const { use, secret } = await keep(keys);
    for (const door of [ledger, doorOf(database)])
      expect(await revealCredential(door, keys, use)).toMatchObject({ value: secret, name: 'Test' });
  });

  it('is not in its row as it is, nor twice the same', async () => {
    const { use, secret } = await keep(keys);
    const select = () =>
      ownerSql<{ ciphertext: Buffer }>('select * from credentials where id = $1', [use.credentialId]);
    const [before] = await select();
    await inWorkspace(database, use.workspaceId, (transaction) =>
      keepSecret(transaction, keys, { workspaceId: use.workspaceId, id: use.credentialId, secret }),
    );
    const [after] = await select();
    expect(JSON.stringify(before)).not.toContain(secret);
    expect(before?.ciphertext.includes(secret)).toBe(false);
    expect(after?.ciphertext).not.toEqual(before?.ciphertext);
  });

  it('opens in no other row and no other workspace', async () => {
    const [mine, ours, theirs] = [await keep(keys), await keep(keys), await keep(keys)];
    const copy = (from: Kept, to: Kept) =>
      ownerSql(
        `update credentials t set ciphertext = f.ciphertext, nonce = f.nonce, tag = f.tag, key_version = f.key_version
         from credentials f where f.id = $1 and t.id = $2`,
        [from.use.credentialId, to.use.credentialId],
      );
    await copy(theirs, mine);
    await expect(revealCredential(ledger, keys, mine.use)).rejects.toThrow();
    const sibling = await keep(keys, ours.use.workspaceId);
    await copy(ours, sibling);
    await expect(revealCredential(ledger, keys, sibling.use)).rejects.toThrow();
    expect((await revealCredential(ledger, keys, ours.use)).value).toBe(ours.secret);
  });

  it('does not open when its workspace’s key was changed for another’s', async () => {
    const [mine, theirs] = [await keep(keys), await keep(keys)];
    await ownerSql(
      `update workspace_keys t set wrapped = f.wrapped from workspace_keys f
       where f.workspace_id = $1 and t.workspace_id = $2`,
      [theirs.use.workspaceId, mine.use.workspaceId],
    );
    await expect(revealCredential(ledger, keys, mine.use)).rejects.toThrow();
  });

  it.each([
    ['another workspace', { workspaceId: randomUUIDv7() }, 'credential.missing'],
    ['an id that nobody has', { credentialId: randomUUIDv7() }, 'credential.missing'],
    ['a crew that is not there', { crewId: randomUUIDv7() }, 'credential.notGranted'],
    ['another origin', { origin: 'https://api.example.org.evil.example' }, 'credential.otherOrigin'],
    ['another port', { origin: `${ORIGIN}:8443` }, 'credential.otherOrigin'],
    ['the same without TLS', { origin: 'http://api.example.org' }, 'credential.otherOrigin'],
  ])('is not given for %s', async (_, change, code) => {
    const { use, secret } = await keep(keys);
    const refused = await revealCredential(ledger, keys, { ...use, ...change }).catch(
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ name: 'CredentialRefused', code });
    expect(String(refused)).not.toContain(secret);
  });

  it('is given to the crews that were named, and of a person to what they start', async () => {
    const { use, secret } = await keep(keys);
    const { workspaceId, credentialId, crewId } = use;
    await ownerSql('update credentials set all_crews = false where id = $1', [credentialId]);
    await expect(revealCredential(ledger, keys, use)).rejects.toMatchObject({
      code: 'credential.notGranted',
    });
    await ownerSql('insert into credential_crews values ($1, $2, $3)', [workspaceId, credentialId, crewId]);
    expect((await revealCredential(ledger, keys, use)).value).toBe(secret);

    const [ada, bob] = [randomUUIDv7(), randomUUIDv7()];
    await ownerSql(`insert into users (id, name, is_guest) values ($1, 'Ada', true), ($2, 'Bob', true)`, [
      ada,
      bob,
    ]);
    await ownerSql('update credentials set owner_id = $2 where id = $1', [credentialId, ada]);
    await ownerSql(`insert into memberships (workspace_id, user_id, role) values ($1, $2, 'runner')`, [
      workspaceId,
      ada,
    ]);
    for (const userId of [undefined, null, bob])
      await expect(revealCredential(ledger, keys, { ...use, userId })).rejects.toMatchObject({
        code: 'credential.notGranted',
      });
    expect((await revealCredential(ledger, keys, { ...use, userId: ada })).value).toBe(secret);
    await ownerSql('delete from memberships where user_id = $1', [ada]);
    await expect(revealCredential(ledger, keys, { ...use, userId: ada })).rejects.toMatchObject({
      code: 'credential.notGranted',
    });
  });

  it('is invisible without its workspace, even to who looks after keys', async () => {
    await keep(keys);
    const look = (sql: string) =>
      ledger.asKeeper((transaction) => transaction.run({ name: sql, text: sql }, []));
    expect(await look('select id from credentials')).toEqual([]);
    const [{ count } = { count: 0 }] = await database
      .query('select count(*)::integer as count from workspace_keys')
      .then(([rows]) => rows as { count: number }[]);
    expect(count).toBe(0);
  });
});

describe('changing keys', () => {
  it('moves every data key under a new secret of the operator, and then needs the old one no more', async () => {
    const [old, both, next] = [createKeySet([FIRST]), createKeySet([SECOND, FIRST]), createKeySet([SECOND])];
    const kept = [await keep(old), await keep(old), await keep(old)];
    const [before] = await ownerSql<{ tag: Buffer }>('select tag from credentials where id = $1', [
      kept[0]?.use.credentialId,
    ]);
    await expect(checkKeys(ledger, next)).rejects.toThrow(/SECRET_KEYS lacks a key/);
    await checkKeys(ledger, both);

    const { moved, damaged } = await rewrapKeys(doorOf(database), both);
    expect(moved).toBeGreaterThanOrEqual(3);
    expect(await rewrapKeys(ledger, both)).toEqual({ moved: 0, damaged });

    // What an earlier test damaged keeps its name, and must not keep the others from moving.
    await ownerSql(
      'delete from workspaces w using workspace_keys k where k.workspace_id = w.id and k.kek_id <> $1',
      [next.newest.id],
    );
    await checkKeys(ledger, next);
    await expect(checkKeys(ledger, old)).rejects.toThrow(/SECRET_KEYS lacks a key/);
    for (const { use, secret } of kept)
      expect((await revealCredential(ledger, next, use)).value).toBe(secret);
    const [after] = await ownerSql<{ tag: Buffer }>('select tag from credentials where id = $1', [
      kept[0]?.use.credentialId,
    ]);
    expect(after).toEqual(before);
    // Back again, for the tests beside this one.
    await rewrapKeys(ledger, createKeySet([FIRST, SECOND]));
  });

  it('gives a workspace a new key, encrypts anew and drops the former', async () => {
    const keys = createKeySet([FIRST]);
    const { use, secret } = await keep(keys);
    await changeWorkspaceKey(ledger, keys, use.workspaceId);
    const versions = await ownerSql('select version from workspace_keys where workspace_id = $1', [
      use.workspaceId,
    ]);
    expect(versions).toEqual([{ version: 2 }]);
    expect((await revealCredential(ledger, keys, use)).value).toBe(secret);
  });

  it('encrypts anew at the next use what was left behind', async () => {
    const keys = createKeySet([FIRST]);
    const { use, secret } = await keep(keys);
    const { kek_id, wrapped } = makeKey(keys, keyPlace(use.workspaceId, 2));
    await ownerSql(
      'insert into workspace_keys (workspace_id, version, kek_id, wrapped) values ($1, 2, $2, $3)',
      [use.workspaceId, kek_id, wrapped],
    );
    expect((await revealCredential(ledger, keys, use)).value).toBe(secret);
    const [row] = await ownerSql('select key_version from credentials where id = $1', [use.credentialId]);
    expect(row).toEqual({ key_version: 2 });
  });

  it('fails no use while keys of both kinds change under it', async () => {
    const both = createKeySet([FIRST, SECOND]);
    const swapped = createKeySet([SECOND, FIRST]);
    const kept = await keep(both);
    const { workspaceId } = kept.use;
    const others = [await keep(both, workspaceId), await keep(both, workspaceId)];
    let isChanging = true;
    const changing = (async () => {
      for (let round = 0; round < 6; round += 1) {
        await changeWorkspaceKey(ledger, round % 2 ? both : swapped, workspaceId);
        await rewrapKeys(ledger, round % 2 ? swapped : both);
      }
      isChanging = false;
    })();
    let uses = 0;
    const using = [kept, ...others, kept].map(async ({ use, secret }) => {
      do {
        expect((await revealCredential(ledger, both, use)).value).toBe(secret);
        uses += 1;
      } while (isChanging);
    });
    await Promise.all([changing, ...using]);
    expect(uses).toBeGreaterThanOrEqual(4);
  });
});
