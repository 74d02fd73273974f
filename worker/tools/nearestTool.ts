/** How alike two names must be for one to be meant by the other, as CrewAI measures it. */
const ALIKE = 0.85;
const LONGEST = 64;

/** The tool that a model means which writes its name by hand: `Calculator` or `current time`. The name as it is if none. */
export function nearestTool(name: string, offered: readonly string[]): string {
  if (offered.includes(name)) return name;
  const given = plain(name);
  const found = offered
    .map((tool) => ({ tool, likeness: likeness(given, plain(tool)) }))
    .sort((a, b) => b.likeness - a.likeness)[0];
  return found && found.likeness > ALIKE ? found.tool : name;
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, LONGEST);

/** Twice what they have in common, in order, over the length of both. */
function likeness(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    for (const [at, right] of [...b].entries())
      next.push(left === right ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
    row = next;
  }
  return a.length + b.length === 0 ? 1 : (2 * (row.at(-1) ?? 0)) / (a.length + b.length);
}
