import { FileView } from '../files/schema.ts';
import type { TestApi, TestUser } from './openTestApi.ts';

export interface UploadFile {
  readonly as?: TestUser;
  readonly name?: string;
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** What the sender claims it to be. */
  readonly type?: string;
  readonly purpose?: string;
}

/** Sends a file as browsers do, and gives the answer as it came. */
export function sendFile({ url }: TestApi, upload: UploadFile): Promise<Response> {
  const { as, name = 'note.txt', text = 'A note.', bytes, type = 'text/plain', purpose } = upload;
  const form = new FormData();
  if (purpose !== undefined) form.set('purpose', purpose);
  form.set('file', new Blob([bytes ?? text], { type }), name);
  return fetch(`${url}/api/v1/files`, {
    method: 'POST',
    body: form,
    headers: as ? { authorization: `Bearer ${as.token}`, 'troupe-workspace': as.workspace.id } : {},
  });
}

/** A file that is kept. */
export async function uploadFile(api: TestApi, upload: UploadFile): Promise<FileView> {
  const response = await sendFile(api, upload);
  if (response.status !== 201) throw new Error(`The upload was refused: ${await response.text()}`);
  return FileView.parse(await response.json());
}
