import type { Started } from './engine.ts';

/** Steps that have ended, in the order in which they began. */
export const pathsOf = async (simulation: Started): Promise<readonly string[]> =>
  (
    await simulation.select<{ path: string }>(
      `select path from steps where simulation_id = $1 and state = 'completed' order by started_at, path`,
    )
  ).map(({ path }) => path.replace(/^t1\//, ''));

/** The text of a step's answer, as those who come after read it. */
export async function answerAt(simulation: Started, path: string): Promise<string> {
  const [row] = await simulation.select<{ text: string }>(
    `select coalesce(response -> 'text' ->> 'text', contents.text) as text from steps
     left join contents on encode(sha256, 'base64') = translate(response -> 'text' ->> 'ref', '-_', '+/') || '='
     where simulation_id = $1 and path = 't1/${path}'`,
  );
  if (!row) throw new Error(`There is no step ${path}`);
  return row.text;
}
