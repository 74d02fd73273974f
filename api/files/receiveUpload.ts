import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { Request } from 'express';
import { AppError, invalid } from '../errors.ts';
import { cleanName } from './cleanName.ts';
import { MOST_FILE_BYTES, ReceivedFile, tooLarge } from './ReceivedFile.ts';
import { FilePurpose } from './schema.ts';

export interface Upload {
  readonly file: ReceivedFile;
  /** As its sender calls it: said to people, and never part of a place. */
  readonly name: string;
  readonly purpose: FilePurpose;
}

/** Room for the parts around a file. */
const ENVELOPE_BYTES = 10_000;
/** Of an upload that is refused this much is read and thrown away, so that its sender gets to read the answer. */
const SWALLOWED_BYTES = 64_000_000;

const LIMITS: busboy.Limits = {
  files: 1,
  fields: 1,
  parts: 3,
  fieldNameSize: 32,
  fieldSize: 32,
  headerPairs: 16,
  // One more than is allowed, so that exactly that much is not taken for too much.
  fileSize: MOST_FILE_BYTES + 1,
};

/** Refuses what need not be read to be refused. The most bytes that its file can have. */
export function announcedSize({ headers }: Request): number {
  if (!/^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '')) {
    throw new AppError(
      'request.unsupportedType',
      'Files are sent as multipart/form-data, in a field named "file".',
    );
  }
  const length = Number(headers['content-length'] ?? MOST_FILE_BYTES);
  if (!(length <= MOST_FILE_BYTES + ENVELOPE_BYTES)) throw tooLarge();
  return Math.min(length, MOST_FILE_BYTES);
}

/** Takes the one file of a multipart body, as it comes, into a file of ours. Whoever calls discards it. */
export async function receiveUpload(request: Request, spool: string): Promise<Upload> {
  const reading = new Reading(spool);
  try {
    await reading.readFrom(request);
    return await reading.upload();
  } catch (error) {
    await reading.discard();
    throw error;
  }
}

class Reading {
  readonly #spool: string;
  #file: Promise<ReceivedFile> | undefined;
  #name = '';
  #purpose: FilePurpose = 'other';

  constructor(spool: string) {
    this.#spool = spool;
  }

  readFrom(request: Request): Promise<void> {
    return new Promise((resolve, reject) => {
      const parser = createParser(request);
      const fail = (error: unknown) => {
        request.unpipe(parser);
        parser.destroy();
        reject(error);
      };
      parser.on('file', (field, bytes, { filename }) => {
        // A stream that nobody listens to would end the process when it breaks off.
        bytes.on('error', () => undefined);
        if (field !== 'file') return fail(invalid(field, 'Send one file, in a field named "file".'));
        this.#take(bytes, filename).catch(fail);
      });
      parser.on('field', (field, value, { nameTruncated, valueTruncated }) => {
        const purpose = FilePurpose.safeParse(value);
        if (field !== 'purpose' || nameTruncated) return fail(invalid('', 'This field is not known.'));
        if (!purpose.success || valueTruncated) return fail(invalid('purpose', 'This purpose is not known.'));
        this.#purpose = purpose.data;
      });
      for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const)
        parser.on(limit, () =>
          fail(invalid('', 'Send one file, in a field named "file", and nothing else.')),
        );
      parser.on('error', () => fail(invalid('', 'The body is not valid multipart/form-data.')));
      parser.on('close', resolve);
      request.on('close', () => {
        if (!request.complete) fail(invalid('', 'The upload broke off.'));
      });
      request.pipe(parser);
    });
  }

  async upload(): Promise<Upload> {
    const file = await this.#file;
    if (!file) throw invalid('file', 'Send one file, in a field named "file".');
    return { file, name: this.#name, purpose: this.#purpose };
  }

  async discard(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.discard();
  }

  #take(bytes: Readable, filename: string | undefined): Promise<ReceivedFile> {
    this.#name = cleanName(filename);
    this.#file = ReceivedFile.receive(bytes, this.#spool);
    return this.#file;
  }
}

function createParser({ headers }: Request): busboy.Busboy {
  try {
    return busboy({ headers, limits: LIMITS, defParamCharset: 'utf8' });
  } catch {
    throw invalid('', 'The body is not valid multipart/form-data.');
  }
}

/** Reads on, up to a point, what nobody wants any more: who sends without listening would never see the refusal. */
export function swallow(request: Request): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > SWALLOWED_BYTES) request.destroy();
  });
  request.resume();
}
