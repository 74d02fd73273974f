import pg from 'pg';
import { databaseOf, testWorkers } from './testWorkers.ts';

/** Makes a database for each worker beside the first, from the first: what one file does to a whole table, no other sees. */
export async function copyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: new URL('/postgres', url).href });
  await client.connect();
  try {
    for (let worker = 2; worker <= testWorkers; worker += 1)
      await client.query(`create database ${nameIn(databaseOf(url, worker))} template ${nameIn(url)}`);
  } finally {
    await client.end();
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);
