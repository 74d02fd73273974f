import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type AnchoredHead, readAnchorLine } from '#api/audit/anchors/anchorLines.ts';
import { compareAnchors } from '#api/audit/anchors/compareAnchors.ts';
import { connectDatabase } from '#api/database/connect.ts';

/**
 * `DATABASE_URL=... npm run anchors -- api.log [...]`, or the log on standard input: says whether the audit logs in the
 * database are those whose ends the api has written into its log. Ends with 1 when they are not, with 2 when it cannot say.
 */
const { DATABASE_URL: url } = process.env;
const files = process.argv.slice(2);
process.exitCode = await main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  return 2;
});

async function main(): Promise<number> {
  if (!url) throw new Error('Set DATABASE_URL, as the api has it.');
  const heads = await readHeads();
  if (heads.length === 0)
    throw new Error('No end of an audit log is in there. Give the log of the api, with LOG_LEVEL info.');
  const database = connectDatabase({ url, poolSize: 1 });
  try {
    const problems = await compareAnchors(database, heads);
    for (const { workspaceId, seq, kind } of problems) say(`${workspaceId}: entry ${seq} is ${kind}`);
    const workspaces = new Set(heads.map(({ workspaceId }) => workspaceId)).size;
    say(`${heads.length} ends of ${workspaces} audit logs compared, ${problems.length} not as they were.`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

async function readHeads(): Promise<AnchoredHead[]> {
  const inputs = files.length === 0 ? [process.stdin] : files.map((file) => createReadStream(file));
  const heads: AnchoredHead[] = [];
  for (const input of inputs)
    for await (const line of createInterface({ input })) heads.push(...readAnchorLine(line));
  return heads;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
