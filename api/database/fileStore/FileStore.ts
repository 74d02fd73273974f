import type { Readable } from 'node:stream';

/** Where the bytes of a file are. Both are ids of ours: no name that people gave is ever part of a place. */
export interface FileKey {
  readonly workspaceId: string;
  readonly id: string;
}

/** Keeps the bytes of files; names, types and sizes are rows of the database. */
export interface FileStore {
  /** Keeps what is in a file of this machine, which may be gone afterwards. Harmless when repeated. */
  put(key: FileKey, from: string): Promise<void>;
  /** Throws FileGone when there is none. */
  read(key: FileKey): Promise<Readable>;
  /** Harmless when there is none. */
  delete(key: FileKey): Promise<void>;
}

/** The row is there and the bytes are not. */
export class FileGone extends Error {
  constructor(id: string) {
    super(`File ${id} is not in the store`);
    this.name = 'FileGone';
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place of a file in any store. Throws on anything but two ids, whoever asks. */
export function placeOf({ workspaceId, id }: FileKey): string {
  if (!UUID.test(workspaceId) || !UUID.test(id)) throw new Error('A file is kept under ids alone');
  return `${workspaceId}/${id}`;
}
