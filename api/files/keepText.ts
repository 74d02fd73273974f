import { Readable } from 'node:stream';
import type { MemberContext } from '../context.ts';
import type { StoredFile } from '../database/models/StoredFile.ts';
import { cleanName } from './cleanName.ts';
import { keepFile } from './keepFile.ts';
import { ReceivedFile } from './ReceivedFile.ts';
import type { FilePurpose } from './schema.ts';

export interface KeepText {
  readonly name: string;
  readonly text: string;
  readonly purpose: FilePurpose;
}

/** Keeps a text that came in a request as a file of its own. */
export function keepText(context: MemberContext, { name, text, purpose }: KeepText): Promise<StoredFile> {
  const bytes = Buffer.from(text);
  return keepFile(context, bytes.length, async () => ({
    file: await ReceivedFile.receive(Readable.from([bytes]), context.files.spool),
    name: cleanName(name),
    purpose,
  }));
}
