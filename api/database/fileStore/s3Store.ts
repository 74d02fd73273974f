import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { FileGone, type FileStore, placeOf } from './FileStore.ts';

export interface S3Settings {
  readonly bucket: string;
  /** Undefined for Amazon's own. */
  readonly endpoint: string | undefined;
  readonly region: string;
  /** Undefined leaves it to the SDK: environment, profile, role of the machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

/** Its first use loads the SDK, which others need not wait for. */
async function connect({ endpoint, region, credentials }: S3Settings): Promise<{
  readonly s3: S3Client;
  readonly sdk: typeof import('@aws-sdk/client-s3');
}> {
  const sdk = await import('@aws-sdk/client-s3');
  const s3 = new sdk.S3Client({
    region,
    credentials,
    endpoint,
    // Servers that imitate S3 answer under one name, without a name a bucket.
    forcePathStyle: endpoint !== undefined,
    // Checksums that not every imitation knows.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return { s3, sdk };
}

/** Files as objects of a bucket, in Amazon S3 or in anything that speaks its language. */
export function createS3Store(settings: S3Settings): FileStore {
  const { bucket: Bucket } = settings;
  let connected: ReturnType<typeof connect> | undefined;
  const client = () => {
    connected ??= connect(settings);
    return connected;
  };
  return {
    async put(key, from) {
      const { s3, sdk } = await client();
      // Files are small enough to be sent from memory, so that the SDK can send them again.
      const Body = await readFile(from);
      // What is inside is told by our rows; the bucket serves nobody.
      const ContentType = 'application/octet-stream';
      await s3.send(new sdk.PutObjectCommand({ Bucket, Key: placeOf(key), Body, ContentType }));
    },

    async read(key) {
      const { s3, sdk } = await client();
      try {
        const { Body } = await s3.send(new sdk.GetObjectCommand({ Bucket, Key: placeOf(key) }));
        if (Body instanceof Readable) return Body;
        throw new Error('The store sent no file');
      } catch (error) {
        if (error instanceof sdk.NoSuchKey) throw new FileGone(key.id);
        throw error;
      }
    },

    async delete(key) {
      const { s3, sdk } = await client();
      await s3.send(new sdk.DeleteObjectCommand({ Bucket, Key: placeOf(key) }));
    },
  };
}
