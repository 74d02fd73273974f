import * as z from 'zod';

const pinoLine = z.object({
  level: z.number(),
  msg: z.string().optional(),
  err: z.object({ message: z.string() }).optional(),
});
const errorLevel = 50;

/** What of a child's log belongs on the terminal: errors, as one line. Undefined for the rest. */
export function errorInLine(line: string): string | undefined {
  const logged = parsePino(line);
  if (!logged) return isPlainError(line) ? line : undefined;
  if (logged.level < errorLevel) return undefined;
  return [logged.msg, logged.err?.message].filter(Boolean).join(': ') || line;
}

function parsePino(line: string): z.infer<typeof pinoLine> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return pinoLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Temporal's SDK and Postgres write plain lines. A Postgres ERROR is a refused statement, which its caller reports. */
function isPlainError(line: string): boolean {
  return /\[ERROR\]|\bPANIC:|\bFATAL: (?!.*(terminating connection|the database system is))/.test(line);
}
