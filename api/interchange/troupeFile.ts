import { z } from 'zod';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { AppError } from '../errors.ts';
import type { Files } from './crewaiFiles.ts';
import { isDeeperThan } from './jsonDepth.ts';
import { unreadable } from './yamlFile.ts';

/** Our own format. What is in it is what the api takes: nothing unknown is let through. */
export const TroupeFile = z.strictObject({
  format: z.literal('troupe.crew.v1'),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000).default(''),
  graph: CrewGraph,
});
export type TroupeFile = z.infer<typeof TroupeFile>;

// A graph is six levels deep: file, graph, nodes, node, data, tools.
const DEEPEST = 32;
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

function parseJson(path: string, text: string): unknown {
  if (isDeeperThan(DEEPEST, text)) throw unreadable(path, 'it is nested too deeply');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser says where only by quoting what it met.
    const met = error instanceof Error ? ` (${error.message.slice(0, 160)})` : '';
    throw unreadable(path, `it is not valid JSON${met}`, undefined, error);
  }
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
