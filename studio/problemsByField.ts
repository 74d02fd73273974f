import { z } from 'zod/mini';
import { problemOf } from './problem.ts';

const Details = z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) });

/** What the api found wrong with a form, by the field that it names first; under '' what concerns no field. */
export function problemsByField(error: unknown): ReadonlyMap<string, string> {
  if (!error) return new Map();
  const { details, message } = problemOf(error);
  const parsed = Details.safeParse(details);
  if (!parsed.success) return new Map([['', message]]);
  return new Map(parsed.data.problems.map((problem) => [problem.path.split('.')[0] ?? '', problem.message]));
}

/** The first thing that is wrong, as a sentence: of a field when one is named. */
export const firstProblem = (error: unknown): string =>
  [...problemsByField(error).values()][0] ?? problemOf(error).message;
