import type { StoredFile } from '../database/models/StoredFile.ts';
import type { FileView } from './schema.ts';

/** The only road from a file's row to a client. */
export function presentFile({ id, name, mediaType, size, sha256, purpose, createdAt }: StoredFile): FileView {
  return {
    id,
    name,
    mediaType,
    size: Number(size),
    sha256: sha256?.toString('hex') ?? '',
    purpose,
    createdAt: createdAt.toISOString(),
  };
}
