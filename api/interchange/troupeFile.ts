import { z } from 'zod';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { AppError } from '../errors.ts';
import type { Files } from './files.ts';
import { parseJson } from './parseJson.ts';

/** Our own format. What is in it is what the api takes: nothing unknown is let through. */
export const TroupeFile = z.strictObject({
  format: z.literal('troupe.crew.v1'),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).default(''),
  graph: CrewGraph,
});
export type TroupeFile = z.infer<typeof TroupeFile>;

const ISSUES_TOLD = 20;

/** Reads the one JSON file there is: a crew with its name, or a graph alone. */
export function crewFromJson(files: Files): { name: string; description: string; graph: CrewGraph } {
  const [entry, second] = [...files].filter(([path]) => files.size === 1 || /\.json$/i.test(path));
  if (!entry || second) throw new AppError('crew.unreadable', 'Give exactly one JSON file.');
  const [path, text] = entry;
  const value = parseJson(path, text);
  const isGraph = typeof value === 'object' && value !== null && Object.hasOwn(value, 'nodes');
  if (isGraph) {
    return { name: 'Imported crew', description: '', graph: parsed(path, CrewGraph.safeParse(value)) };
  }
  const { name, description, graph } = parsed(path, TroupeFile.safeParse(value));
  return { name, description, graph };
}

type Outcome<T> = { success: true; data: T } | { success: false; error: z.ZodError };

function parsed<T>(file: string, outcome: Outcome<T>): T {
  if (outcome.success) return outcome.data;
  const issues = outcome.error.issues
    .slice(0, ISSUES_TOLD)
    .map(({ path, message }) => ({ path: path.join('.'), message }));
  const [first] = issues;
  const where = first?.path ? `at ${first.path}: ` : '';
  throw new AppError(
    'crew.unreadable',
    `${file.slice(0, 300)} is no crew in the format troupe.crew.v1 (${where}${first?.message}).`,
    { file: file.slice(0, 300), issues },
  );
}
