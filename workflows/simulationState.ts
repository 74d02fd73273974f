import type {
  Delta,
  EventOf,
  Failure,
  NodeStatus,
  SimulationEvent,
  SimulationStatus,
  StepKind,
  WaitingFor,
} from './graph/eventSchema.ts';
import { addCost, changeNodes, emptyNode, type NodeState, nodeAt, setNode } from './nodeStates.ts';
import {
  type AskedQuestion,
  answerQuestion,
  askQuestion,
  closeQuestionAt,
  type OpenQuestion,
} from './questionStates.ts';
import { unreachable } from './unreachable.ts';

export interface StepState {
  readonly path: string;
  readonly nodeId: string;
  readonly kind: StepKind;
  readonly status: NodeStatus;
  readonly epoch: number;
  readonly attempt: number;
  readonly model: string | null;
  readonly tool: string | null;
  /** What has been written so far while it runs, then the first words of the answer. */
  readonly text: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicros: number | null;
  readonly failure: Failure | null;
  /** When a failed attempt is tried again; null when it is not. */
  readonly retryAt: string | null;
  readonly isReused: boolean;
  /** A tool said that it failed; whoever asked for it read that and went on. */
  readonly toolFailed: boolean;
}

export interface SimulationState {
  readonly status: SimulationStatus;
  readonly waitingFor: WaitingFor | null;
  readonly failure: Failure | null;
  readonly epoch: number;
  readonly lastSeq: number;
  readonly outputPath: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Tasks that an event has named; a task not in here is still queued. */
  readonly nodes: Readonly<Record<string, NodeState>>;
  /** Each pass through a node inside a map, a loop or a sub-crew, by its key: `nodes` has them together. */
  readonly passes: Readonly<Record<string, NodeState>>;
  readonly steps: Readonly<Record<string, StepState>>;
  /** What people are asked now, by the id of the request. */
  readonly questions: Readonly<Record<string, OpenQuestion>>;
  /** Everything that people were asked, in that order, with what they said; by the id of the request. */
  readonly asked: Readonly<Record<string, AskedQuestion>>;
  readonly totals: StateTotals;
}

interface StateTotals {
  readonly modelCalls: number;
  readonly toolCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
  readonly reusedSteps: number;
}

export type { NodeState } from './nodeStates.ts';
export type { AskedQuestion, OpenQuestion } from './questionStates.ts';

export const emptyState: SimulationState = {
  status: 'queued',
  waitingFor: null,
  failure: null,
  epoch: 1,
  lastSeq: 0,
  outputPath: null,
  startedAt: null,
  endedAt: null,
  nodes: {},
  passes: {},
  steps: {},
  questions: {},
  asked: {},
  totals: { modelCalls: 0, toolCalls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0, reusedSteps: 0 },
};

type Draft = { -readonly [K in keyof SimulationState]: SimulationState[K] } & {
  nodes: Record<string, NodeState>;
  passes: Record<string, NodeState>;
  steps: Record<string, StepState>;
  asked: Record<string, AskedQuestion>;
};

/** What a simulation looks like after `event`. Events that were folded before change nothing. */
export const foldEvent = (state: SimulationState, event: SimulationEvent): SimulationState =>
  foldEvents(state, [event]);

/** Folds many events with one copy, so that a long simulation opens in one go. */
export function foldEvents(state: SimulationState, events: readonly SimulationEvent[]): SimulationState {
  const draft: Draft = {
    ...state,
    nodes: { ...state.nodes },
    passes: { ...state.passes },
    steps: { ...state.steps },
    asked: { ...state.asked },
  };
  for (const event of events) {
    if (event.seq <= draft.lastSeq) continue;
    apply(draft, event);
    draft.lastSeq = event.seq;
  }
  return draft;
}

/**
 * Adds a piece of an answer. A greater attempt replaces what an earlier one wrote; a piece that does not join is
 * left out, since the follower is sent the whole text again.
 */
export function applyDelta(state: SimulationState, delta: Delta): SimulationState {
  const step = state.steps[delta.path];
  if (step?.status !== 'running') return state;
  const isNewer = delta.epoch > step.epoch || (delta.epoch === step.epoch && delta.attempt > step.attempt);
  const isOlder = delta.epoch < step.epoch || (delta.epoch === step.epoch && delta.attempt < step.attempt);
  const written = isNewer ? '' : step.text;
  if (isOlder || delta.offset > written.length) return state;
  const text = written.slice(0, delta.offset) + delta.text;
  const next = { ...step, epoch: delta.epoch, attempt: delta.attempt, text };
  return { ...state, steps: { ...state.steps, [delta.path]: next } };
}

function apply(draft: Draft, event: SimulationEvent): void {
  switch (event.type) {
    case 'simulation.started':
      draft.epoch = event.data.epoch;
      draft.startedAt ??= event.at;
      return setStatus(draft, 'running');
    case 'simulation.waiting':
      return setStatus(draft, 'waiting', event.data.waitingFor);
    case 'simulation.paused':
      return setStatus(draft, 'waiting', { kind: 'paused', until: null, by: event.data.by });
    case 'simulation.resumed':
      return setStatus(draft, 'running');
    case 'simulation.retried':
      draft.epoch = event.data.epoch;
      draft.endedAt = null;
      changeNodes(draft, ['failed', 'cancelled'], ({ costMicros }) => ({ ...emptyNode, costMicros }));
      return setStatus(draft, 'queued');
    case 'simulation.completed':
      draft.outputPath = event.data.outputPath;
      return close(draft, 'completed', event.at);
    case 'simulation.failed':
      close(draft, 'failed', event.at);
      draft.failure = event.data.failure;
      return;
    case 'simulation.cancelled':
      return close(draft, 'cancelled', event.at);
    case 'task.started':
      return setNode(draft, event.data, {
        status: 'running',
        startedAt: event.at,
        endedAt: null,
        failure: null,
      });
    case 'task.completed':
      return setNode(draft, event.data, {
        status: 'completed',
        endedAt: event.at,
        path: event.data.path,
      });
    case 'task.skipped':
      return setNode(draft, event.data, { status: 'skipped', endedAt: event.at });
    case 'task.failed':
      return setNode(draft, event.data, {
        status: 'failed',
        endedAt: event.at,
        failure: event.data.failure,
      });
    case 'step.started':
      return startStep(draft, event);
    case 'step.completed':
      return completeStep(draft, event);
    case 'step.failed':
      return failStep(draft, event);
    case 'step.reused':
      return reuseStep(draft, event);
    case 'question.asked':
      return askQuestion(draft, event);
    case 'question.answered':
      if (answerQuestion(draft, event)) setStatus(draft, 'running');
      return;
    default:
      return unreachable(event);
  }
}

function setStatus(draft: Draft, status: SimulationStatus, waitingFor: WaitingFor | null = null): void {
  draft.status = status;
  draft.waitingFor = waitingFor;
  draft.failure = null;
}

/** Whatever was still open when a simulation closed is as its closing says. */
function close(draft: Draft, status: 'completed' | 'failed' | 'cancelled', at: string): void {
  setStatus(draft, status);
  draft.endedAt = at;
  draft.questions = {};
  for (const step of Object.values(draft.steps))
    if (step.status === 'running' || step.status === 'waiting')
      draft.steps[step.path] = { ...step, status: 'cancelled', endedAt: at, retryAt: null };
  changeNodes(draft, ['running', 'waiting'], (node) => ({ ...node, status: 'cancelled', endedAt: at }));
}

const emptyStep = {
  status: 'running',
  text: '',
  endedAt: null,
  inputTokens: null,
  outputTokens: null,
  costMicros: null,
  failure: null,
  retryAt: null,
  isReused: false,
  toolFailed: false,
} as const;

/** What a simulation waits for only while nothing of it runs. */
const ENDED_BY_STEPS = new Set<WaitingFor['kind']>(['provider', 'engine', 'person', 'time']);

function startStep(draft: Draft, { data, at }: EventOf<'step.started'>): void {
  const { path, nodeId, kind, epoch, attempt, model, tool } = data;
  const startedAt = draft.steps[path]?.startedAt ?? at;
  draft.steps[path] = { ...emptyStep, path, nodeId, kind, epoch, attempt, model, tool, startedAt };
  // What is done once a task has its answer, such as remembering it, leaves it completed.
  if (nodeAt(draft, data)?.status !== 'completed') setNode(draft, data, { status: 'running', path });
  if (draft.waitingFor && ENDED_BY_STEPS.has(draft.waitingFor.kind)) setStatus(draft, 'running');
}

function completeStep(draft: Draft, { data, at }: EventOf<'step.completed'>): void {
  const { path, inputTokens, outputTokens, costMicros, preview } = data;
  const step = draft.steps[path];
  if (step)
    draft.steps[path] = {
      ...step,
      status: 'completed',
      endedAt: at,
      text: preview,
      inputTokens,
      outputTokens,
      costMicros,
      toolFailed: data.toolFailed ?? false,
    };
  addCost(draft, data, costMicros ?? 0);
  const { totals } = draft;
  draft.totals = {
    ...totals,
    modelCalls: totals.modelCalls + (data.kind === 'model' ? 1 : 0),
    toolCalls: totals.toolCalls + (data.kind === 'tool' ? 1 : 0),
    inputTokens: totals.inputTokens + (inputTokens ?? 0),
    outputTokens: totals.outputTokens + (outputTokens ?? 0),
    costMicros: totals.costMicros + (costMicros ?? 0),
  };
}

function failStep(draft: Draft, { data, at }: EventOf<'step.failed'>): void {
  const { path, failure, retryAt } = data;
  if (!retryAt) closeQuestionAt(draft, path);
  const status = retryAt ? 'waiting' : 'failed';
  const step = draft.steps[path];
  if (step) draft.steps[path] = { ...step, status, failure, retryAt, endedAt: retryAt ? null : at, text: '' };
  if (retryAt && nodeAt(draft, data)?.status !== 'completed')
    setNode(draft, data, { status: 'waiting', failure });
}

function reuseStep(draft: Draft, { data, at }: EventOf<'step.reused'>): void {
  // Events from before they said it name neither.
  const { path, nodeId, kind, epoch, attempt, preview, model = null, tool = null } = data;
  draft.steps[path] = {
    ...emptyStep,
    path,
    nodeId,
    kind,
    epoch,
    attempt,
    model,
    tool,
    startedAt: at,
    endedAt: at,
    status: 'completed',
    text: preview,
    costMicros: 0,
    isReused: true,
    toolFailed: data.toolFailed ?? false,
  };
  draft.totals = { ...draft.totals, reusedSteps: draft.totals.reusedSteps + 1 };
  if (nodeAt(draft, data)?.status !== 'completed') setNode(draft, data, { path });
}
