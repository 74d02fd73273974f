/** Names that stand in Temporal's histories: they never change. */
export const WORKFLOW_TYPE = 'runSimulation';
export const READ_SOURCE_TYPE = 'readSource';
export const CHECK_TOOL_SERVER_TYPE = 'checkToolServer';
export const EMBED_QUESTION_TYPE = 'embedQuestion';
/** Workflow tasks and activities share one queue so that activities start eagerly on the worker that asked. */
export const TASK_QUEUE = 'troupe';
export const UPDATES = { pause: 'pause', resume: 'resume', cancel: 'cancel', answer: 'answer' } as const;

/** A sub-crew's workflow, started by the workflow of the crew around it; and what the two tell each other. */
export const CREW_TYPE = 'runCrew';
export const SIGNALS = { order: 'order', report: 'report' } as const;

/** One workflow id a simulation, whatever its epoch: Temporal then refuses two at once. */
export const workflowIdOf = (simulationId: string): string => `simulation:${simulationId}`;
/** Each time that a source is read has its own: starting it twice is once. */
export const readSourceIdOf = (sourceId: string, attempt: number): string => `source:${sourceId}:${attempt}`;
/** Looked at twice at once is looked at once. */
export const checkToolServerIdOf = (serverId: string): string => `toolServer:${serverId}`;
export const embedQuestionIdOf = (requestId: string): string => `question:${requestId}`;
export const simulationIdOf = (workflowId: string): string => workflowId.slice('simulation:'.length);

/** The tool by which an agent asks people: its call waits for one of them to answer. */
export const ASK_PERSON = 'ask_person';

/** Where nodes are done that no map, loop, sub-crew or tool call surrounds: a crew that runs once has turn 1. */
export const ROOT_SCOPE = 't1';

/**
 * Places in the ledger: scope, node, generation, step. They are activity ids too, so their form never changes.
 * A task that came to no answer although all its steps ended is done in the next generation when it is retried; every
 * other node has generation 0.
 */
export const stepPath = (scope: string, nodeId: string, step: string, generation = 0): string =>
  `${scope}/${nodeId}/${generation}/${step}`;

/** What is looked up before a task, and kept after it. */
export const LOOK_UPS = { recall: 'memory.recall', knowledge: 'knowledge', remember: 'memory.save' } as const;

export const thinkPath = (nodeId: string, iteration: number, scope: string = ROOT_SCOPE): string =>
  stepPath(scope, nodeId, `think.${iteration}`);

/** Inside a map: an item goes by its own hash and how many equal ones came before it, so that it keeps its place. */
export const itemScope = (scope: string, mapId: string, key: string): string =>
  stepPath(scope, mapId, `item.${key}`);
export const roundScope = (scope: string, loopId: string, round: number): string =>
  stepPath(scope, loopId, `round.${round}`);
export const crewScope = (scope: string, nodeId: string): string => stepPath(scope, nodeId, 'crew');

/** A node in its scope: what it is finished under, and what keys of events are made of. */
export const nodeKey = (scope: string, nodeId: string): string =>
  scope === ROOT_SCOPE ? nodeId : `${scope}/${nodeId}`;

/** A scope that a node of a crew may be done in, and which block of that crew it does: null for the crew itself. */
export interface SurroundingScope {
  readonly scope: string;
  readonly blockId: string | null;
}

const INNER = /^(.*)\/([^/]+)\/0\/(item|round)\.([^/]+)$/;
const CREW = /^(.*)\/([^/]+)\/0\/crew$/;
const DELEGATED = /^(.*)\/[^/]+\/\d+\/[^/]+\/tool\.\d+$/;

/** From a scope outwards: it, what surrounds it, up to the crew that all of them belong to. */
export function scopesAround(scope: string): readonly SurroundingScope[] {
  const around: SurroundingScope[] = [];
  for (let at = scope; ; ) {
    const [, outer, blockId] = INNER.exec(at) ?? DELEGATED.exec(at) ?? [];
    if (outer === undefined) return [...around, { scope: at, blockId: null }];
    if (blockId !== undefined) around.push({ scope: at, blockId });
    at = outer;
  }
}

/** A scope inside another: an item of a map, a round of a loop, or a sub-crew. */
export interface InnerScope {
  readonly outer: string;
  readonly nodeId: string;
  readonly kind: 'item' | 'round' | 'crew';
  /** Key of the item, or number of the round. */
  readonly name: string;
}

/** Takes a scope apart; null for the outermost and for work that was handed on. */
export function readInnerScope(scope: string): InnerScope | null {
  const [, outer, nodeId, kind, name = ''] = INNER.exec(scope) ?? CREW.exec(scope) ?? [];
  if (outer === undefined || nodeId === undefined) return null;
  return { outer, nodeId, kind: kind === 'item' || kind === 'round' ? kind : 'crew', name };
}

const ASKED_FOR = /^(.*)\/tool\.(\d+)$/;

/** Of work that was handed on: the model step that asked for it, and which of its calls it is. Null for other scopes. */
export function handedOn(
  scope: string | undefined,
): { readonly askedBy: string; readonly index: number } | null {
  const [, askedBy, index] = ASKED_FOR.exec(scope ?? '') ?? [];
  return askedBy === undefined ? null : { askedBy, index: Number(index) };
}

/** The scope of a node's step. */
export function scopeOfPath(path: string, nodeId: string): string {
  const node = `/${nodeId}/`;
  for (let at = path.lastIndexOf(node); at > 0; at = path.lastIndexOf(node, at - 1))
    if (/^\d+\//.test(path.slice(at + node.length))) return path.slice(0, at);
  return '';
}

/** Failures of a task whose steps all ended: asking again for what is on record would end the same way. */
export const EXHAUSTED: readonly string[] = [
  'answer.tooLong',
  'context.tooLong',
  'guardrail.failed',
  'output.invalid',
  'tool.failed',
];

/** As events and inputs of steps carry it: nothing at the top, where most is done. */
export const inScope = (scope: string | undefined): { readonly scope?: string } =>
  scope === undefined || scope === ROOT_SCOPE ? {} : { scope };

export const toolPath = (askedBy: string, index: number): string => `${askedBy}/tool.${index}`;
