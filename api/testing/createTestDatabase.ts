import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { APP_ROLE, migrate } from '../database/migrate.ts';
import { appPassword, ownerUrl } from './environment.ts';

export interface TestDatabase {
  /** Of the application's role. */
  readonly url: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** An empty database on the tests' server, with its tables unless a test wants to make them itself. */
export async function createTestDatabase({ isMigrated = true } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(`create database ${name}`);
  const owner = new URL(ownerUrl());
  owner.pathname = `/${name}`;
  const app = new URL(owner);
  app.username = APP_ROLE;
  app.password = appPassword();
  if (isMigrated) await migrate({ ownerUrl: owner.href, appPassword: appPassword() });
  return {
    url: app.href,
    ownerUrl: owner.href,
    drop: () => asOwner(`drop database ${name} with (force)`),
  };
}

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
