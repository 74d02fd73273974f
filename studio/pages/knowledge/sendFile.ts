import { z } from 'zod/mini';
import { workspaceHeaders } from '../../workspace/chosenWorkspace.ts';

const Kept = z.object({ id: z.string() });
const Problem = z.object({ title: z.string() });

/** Sends a file to be kept for knowledge. Throws an error whose message is for people. */
export async function sendFile(file: File): Promise<string> {
  const form = new FormData();
  form.set('purpose', 'knowledge');
  form.set('file', file, file.name);
  const response = await fetch('/api/v1/files', {
    method: 'POST',
    body: form,
    headers: workspaceHeaders(),
  }).catch(() => null);
  if (!response) throw new Error('The server does not answer. Check your connection.');
  const answer: unknown = await response.json().catch(() => null);
  const kept = Kept.safeParse(answer);
  if (response.ok && kept.success) return kept.data.id;
  const problem = Problem.safeParse(answer);
  throw new Error(problem.success ? problem.data.title : 'The file could not be sent.');
}
