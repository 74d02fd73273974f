/** Something that keeps the product from starting, told to the person at the terminal: what is wrong, and what to do. */
export class LaunchProblem extends Error {
  override readonly name = 'LaunchProblem';
}

/** The sentence for a person when we know one, else the whole error, since then it is our own fault. */
export function explain(error: unknown): string {
  if (error instanceof LaunchProblem) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The code of a system error (`ENOENT`) or a database error (`28P01`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
