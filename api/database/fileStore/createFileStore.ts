import { join } from 'node:path';
import { z } from 'zod';
import type { FileStore } from './FileStore.ts';
import { createFolderStore } from './folderStore.ts';
import { createS3Store } from './s3Store.ts';

const optional = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

/** Where files are kept, as api and worker read it from their environment. Without a bucket it is a folder. */
export const fileStoreEnv = {
  S3_BUCKET: optional,
  /** Of a server that imitates Amazon's; its objects are then addressed by path. */
  S3_ENDPOINT: optional.pipe(z.url({ protocol: /^https?$/ }).optional()),
  S3_REGION: z.preprocess((value) => value || 'us-east-1', z.string()),
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
};
const FileStoreEnv = z.object(fileStoreEnv);
export type FileStoreEnv = z.infer<typeof FileStoreEnv>;

export function createFileStore(env: FileStoreEnv & { readonly DATA_DIR: string }): FileStore {
  if (env.S3_BUCKET === undefined) return createFolderStore(join(env.DATA_DIR, 'files'));
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  return createS3Store({
    bucket: env.S3_BUCKET,
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
  });
}
