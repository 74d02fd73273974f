import type { DataConverter } from '@temporalio/common';
import { Ledger } from '../database/Ledger.ts';
import { createPayloadCodec } from '../database/secrets/createPayloadCodec.ts';
import { readInstallationKeys } from '../database/secrets/installationKeys.ts';
import { createKeySet } from '../database/secrets/keySet.ts';
import { databaseUrl, SECRET_KEYS_OF_TESTS } from './environment.ts';

/** What a test's client of Temporal needs to understand, and be understood by, a worker on this database. */
export const payloadsOfTests = (url: string = databaseUrl()): DataConverter => ({
  payloadCodecs: [
    createPayloadCodec(async () => {
      const ledger = new Ledger({ url, poolSize: 1 });
      try {
        return await readInstallationKeys(ledger, createKeySet(SECRET_KEYS_OF_TESTS), 'temporal-payloads');
      } finally {
        await ledger.close();
      }
    }),
  ],
});
