import { createHash } from 'node:crypto';

const LONGEST = 64;
const MARK = 8;

/** How models call a tool of a server: `mcp_<server>_<tool>`, with what providers allow in names. */
export function offeredName(slug: string, tool: string): string {
  const plain = `mcp_${slug}_${tool}`.replace(/[^A-Za-z0-9_-]/g, '_');
  if (plain === `mcp_${slug}_${tool}` && plain.length <= LONGEST) return plain;
  // Two names that were made alike stay two.
  const mark = createHash('sha256').update(tool).digest('hex').slice(0, MARK);
  return `${plain.slice(0, LONGEST - MARK - 1)}_${mark}`;
}
