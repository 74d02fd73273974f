import { copyFile, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileGone, type FileStore, placeOf } from './FileStore.ts';

/** Files in a folder of this machine, which api and worker share. */
export function createFolderStore(folder: string): FileStore {
  return {
    async put(key, from) {
      const path = join(folder, placeOf(key));
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(from, path).catch(async (error: unknown) => {
        if (codeOf(error) !== 'EXDEV') throw error;
        // Another disk: copied aside and then moved, so that nobody reads half a file.
        await copyFile(from, `${path}.part`);
        await rename(`${path}.part`, path);
      });
    },

    async read(key) {
      const file = await openFile(join(folder, placeOf(key)));
      if (!file) throw new FileGone(key.id);
      return file.createReadStream();
    },

    delete: (key) => rm(join(folder, placeOf(key)), { force: true }),
  };
}

async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
