import type { CrewGraph, GraphNode, NodeOf } from '#workflows/graph/schema.ts';
import type { AskedQuestion, NodeState, SimulationState, StepState } from '#workflows/simulationState.ts';
import { type CastMember, doersOf } from '../../canvas/cast.ts';
import { type Doer, PEOPLE, topNodeOf } from '../timeline/doerOf.ts';

/** What has a line of its own: who does it, or the people who were asked, have something to say. */
type ToldNode = NodeOf<'task' | 'approval' | 'crew'>;

/** What one task said, and which tools it used on the way; or what people decided. */
export interface Line {
  readonly task: ToldNode;
  /** One of the cast, or people. */
  readonly doer: Pick<Doer, 'name' | 'member' | 'kind'>;
  /** As one is spoken of: `the Banker`, but `Ann`. */
  readonly calledAs: string;
  readonly node: NodeState | undefined;
  /** The step at work, or whose answer is the task's. */
  readonly step: StepState | undefined;
  readonly tools: readonly StepState[];
  /** What people were asked on the way, and what they said. */
  readonly asked: readonly AskedQuestion[];
}

export interface Script {
  /** Tasks that have begun, in the order in which they did, and the next one where it is to be guessed. */
  readonly lines: readonly Line[];
  /** Those that have not, in the order in which they were drawn. */
  readonly toCome: readonly Line[];
}

const nobody: ReadonlySet<string> = new Set();

/** `guessed`: node ids of tasks whose answer is asked for, also before they begin. */
export function scriptOf(graph: CrewGraph, state: SimulationState, guessed = nobody): Script {
  const doers = doersOf(graph);
  const tools = Map.groupBy(
    Object.values(state.steps).filter(({ kind }) => kind === 'tool'),
    ({ nodeId }) => nodeId,
  );
  const asked = askedByNode(graph, state);
  const all = graph.nodes
    .filter((node) => isTold(node, asked))
    .map((task): Line => {
      const node = state.nodes[task.id];
      const member = doers.get(task.id) ?? null;
      return {
        task,
        doer: doerIn(task, member),
        calledAs: calledAs(graph, member),
        node,
        step: state.steps[node?.path ?? ''],
        tools: tools.get(task.id) ?? [],
        asked: asked.get(task.id) ?? [],
      };
    });
  const isHere = (line: Line) => hasBegun(line) || guessed.has(line.task.id);
  const lines = all.filter(isHere).map((line) => ({ line, began: beganAt(line) }));
  return {
    lines: lines.sort((a, b) => a.began - b.began).map(({ line }) => line),
    toCome: all.filter((line) => !isHere(line)),
  };
}

type Asked = ReadonlyMap<string, readonly AskedQuestion[]>;

/** What is asked inside another crew stands with the node that it is done in. */
function askedByNode({ nodes }: CrewGraph, { asked }: SimulationState): Asked {
  const own = new Set(nodes.map(({ id }) => id));
  return Map.groupBy(Object.values(asked), ({ nodeId, path }) =>
    own.has(nodeId) ? nodeId : topNodeOf(path),
  );
}

function isTold(node: GraphNode, asked: Asked): node is ToldNode {
  if (node.kind === 'crew') return asked.has(node.id);
  return node.kind === 'task' || node.kind === 'approval';
}

function doerIn({ kind, data }: ToldNode, member: CastMember | null): Line['doer'] {
  if (kind === 'approval') return PEOPLE;
  if (kind === 'crew') return { name: data.name, member: null, kind };
  return { name: member?.name ?? 'Nobody', member, kind: 'agent' };
}

/** A name that stands in the role is what somebody is, and not how somebody is called. */
function calledAs({ nodes }: CrewGraph, member: CastMember | null): string {
  if (!member) return 'nobody';
  const agent = nodes.find(({ id }) => id === member.id);
  const role = agent?.kind === 'agent' ? agent.data.role.toLowerCase() : '';
  return role.includes(member.name.toLowerCase()) ? `the ${member.name}` : member.name;
}

const hasBegun = ({ node }: Line): boolean => node !== undefined && node.status !== 'queued';

/** Far behind all that has begun. */
const NEVER = Number.MAX_SAFE_INTEGER;

const beganAt = ({ node }: Line) => (node?.startedAt ? Date.parse(node.startedAt) : NEVER);
