import { z } from 'zod/mini';

const Kept = z.object({ avatarUrl: z.string() });
const Problem = z.object({ title: z.string() });

/** The largest that a face is shown, on screens with three dots a pixel. */
const SIDE = 288;

/** Cuts a square out of the middle of a picture and sends it. Throws an error whose message is for people. */
export async function sendAvatar(file: File): Promise<void> {
  const form = new FormData();
  form.set('file', await squareOf(file), 'picture');
  const response = await fetch('/api/v1/users/me/avatar', { method: 'POST', body: form }).catch(() => null);
  if (!response) throw new Error('The server does not answer. Check your connection.');
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && Kept.safeParse(answer).success) return;
  const problem = Problem.safeParse(answer);
  throw new Error(problem.success ? problem.data.title : 'The picture could not be sent.');
}

/** Drawn anew, so that it is small and holds nothing but what is seen: no place and no date. */
async function squareOf(file: File): Promise<Blob> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) throw new Error('This is not a picture that can be read. Choose a PNG, JPEG or WebP file.');
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(side, SIDE);
  canvas
    .getContext('2d')
    ?.drawImage(
      picture,
      (picture.width - side) / 2,
      (picture.height - side) / 2,
      side,
      side,
      0,
      0,
      canvas.width,
      canvas.height,
    );
  picture.close();
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', 0.9));
  if (!blob) throw new Error('This picture could not be drawn. Choose another.');
  return blob;
}
