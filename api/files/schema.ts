import { z } from 'zod';
import { PageInput, pageOf } from '../pages.ts';

export const FilePurpose = z.enum(['knowledge', 'other']);
export type FilePurpose = z.infer<typeof FilePurpose>;

export const FileId = z.strictObject({ id: z.uuid() });
export const ListFiles = PageInput.extend({ purpose: FilePurpose.optional() });

export const FileView = z.object({
  id: z.uuid(),
  name: z.string().describe('As its sender called it'),
  mediaType: z.string().describe('By what is in it, not by what its sender said'),
  size: z.int().describe('Bytes'),
  sha256: z.string().describe('Hexadecimal'),
  purpose: FilePurpose,
  createdAt: z.iso.datetime(),
});
export type FileView = z.infer<typeof FileView>;
export const FilePage = pageOf(FileView);
