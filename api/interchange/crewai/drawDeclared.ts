import { drawCrew, type SketchedTask } from '#workflows/graph/draw.ts';
import { CrewGraph, GRAPH_LIMITS, type Process } from '#workflows/graph/schema.ts';
import { idMaker } from '../nodeIds.ts';
import { unreadable } from '../unreadable.ts';
import { crewSettings } from './crewSettings.ts';
import type { DeclaredCrew, OtherNames } from './DeclaredCrew.ts';
import type { Entry } from './entries.ts';
import type { MarkedOrder } from './marker.ts';
import { readAgent } from './readAgent.ts';
import { type Ids, type ReadTask, readTask } from './readTask.ts';

/** Draws a crew from what one of CrewAI’s formats says of it, and warns of what has no place here. */
export function drawDeclared(declared: DeclaredCrew): CrewGraph {
  const { agents, tasks, agentNames, taskNames, crew } = declared;
  const makeId = idMaker();
  const [agentIds, taskIds] = [idsOf(agents, makeId), idsOf(tasks, makeId)];
  const ids = { agents: withNames(agentIds, agentNames), tasks: withNames(taskIds, taskNames) };
  const drawnAgents = [...agents].map(([key, entry]) => readAgent(entry, key, agentIds.get(key) ?? key));
  const read = [...tasks].map(([key, entry]) =>
    readTask(entry, key, { ...ids, own: taskIds.get(key) ?? key }),
  );
  const said = crewSettings(crew, ids.agents);
  const { process, tasks: drawnTasks } = ordered(read, ids.tasks, said.process);
  const drawn = drawCrew({ process, agents: drawnAgents, tasks: drawnTasks });
  const graph = said.settings ? { ...drawn, settings: said.settings } : drawn;
  if (CrewGraph.safeParse(graph).success) return graph;
  const { nodes, edges } = GRAPH_LIMITS;
  throw unreadable(crew.file, `a crew has at most ${nodes} agents and tasks, and ${edges} lines`);
}

const idsOf = (entries: ReadonlyMap<string, Entry>, makeId: (key: string) => string): Ids =>
  new Map([...entries.keys()].map((key) => [key, makeId(key)]));

const withNames = (ids: Ids, names: OtherNames): Ids =>
  new Map([
    ...ids,
    ...[...names].flatMap(([name, key]) => (ids.has(key) ? [[name, ids.get(key) ?? key] as const] : [])),
  ]);

/** CrewAI has no parallel process: one of ours is known by the marks on all of its tasks. */
function ordered(
  read: readonly ReadTask[],
  ids: Ids,
  said: Process,
): { process: Process; tasks: SketchedTask[] } {
  const isParallel = read.length > 0 && read.every(({ marked }) => marked?.process === 'parallel');
  const process = isParallel ? 'parallel' : said;
  const idsIn = (keys: readonly string[]) => keys.flatMap((key) => ids.get(key) ?? []);
  const tasks = read.map(({ task, marked }) =>
    marked?.process === process ? { ...task, ...orderFrom(marked, idsIn) } : task,
  );
  return { process, tasks };
}

const orderFrom = (
  { async, context, reads, after }: MarkedOrder,
  idsIn: (keys: readonly string[]) => string[],
) => ({ async, context, reads: idsIn(reads), after: idsIn(after) });
