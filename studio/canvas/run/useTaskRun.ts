import { toolTitle } from '#workflows/catalogue/tools.ts';
import type { NodeStatus } from '#workflows/graph/eventSchema.ts';
import type { NodeState, StepState } from '#workflows/simulationState.ts';
import { isClosed } from '../../simulation/runStore.ts';
import { useRun } from '../../simulation/useSimulation.ts';
import { plainText } from '../../ui/plainText.ts';

/** How a task does in the simulation on the stage. */
export interface TaskRun {
  readonly status: NodeStatus;
  /** Says the status more exactly, for example `Writing`. */
  readonly word: string | undefined;
  readonly text: string;
  readonly isWriting: boolean;
  /** Taken over from another simulation: it took no time and no money here. */
  readonly isReused: boolean;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly costMicros: number;
}

/** Null when no simulation is on the stage. Renders again only when this very task changed. */
export function useTaskRun(id: string): TaskRun | null {
  const isShown = useRun((run) => run.simulationId !== null);
  const isOver = useRun((run) => isClosed(run.state.status));
  const node = useRun((run) => run.state.nodes[id]);
  const step = useRun((run) => run.state.steps[run.state.nodes[id]?.path ?? '']);
  return isShown ? taskRun(node, step, isOver) : null;
}

export function taskRun(node: NodeState | undefined, step: StepState | undefined, isOver: boolean): TaskRun {
  const status = statusOf(node, isOver);
  return {
    status,
    word: wordOf(status, step, node),
    text: node?.failure && status !== 'running' ? node.failure.message : onCard(step),
    isWriting: status === 'running' && step?.status === 'running' && step.kind === 'model',
    isReused: status === 'completed' && step?.isReused === true,
    startedAt: node?.startedAt ?? null,
    endedAt: node?.endedAt ?? null,
    costMicros: node?.costMicros ?? 0,
  };
}

// Three lines of a card. Of a text that is being written the end is shown, where the caret is.
const CARD_LETTERS = 84;

function onCard(step: StepState | undefined): string {
  if (!step) return '';
  const isOpen = step.status === 'running' && step.text.length > CARD_LETTERS;
  const text = plainText(isOpen ? step.text.slice(-3 * CARD_LETTERS) : step.text);
  if (!isOpen || text.length <= CARD_LETTERS) return text;
  const end = text.slice(-CARD_LETTERS);
  return `…${end.slice(end.indexOf(' ') + 1)}`;
}

/** A task that no event names is still to come, or was not reached before the end. */
const statusOf = (node: NodeState | undefined, isOver: boolean): NodeStatus =>
  node && node.status !== 'queued' ? node.status : isOver ? 'skipped' : 'queued';

function wordOf(
  status: NodeStatus,
  step: StepState | undefined,
  node: NodeState | undefined,
): string | undefined {
  if (status === 'skipped' && node?.status !== 'skipped') return 'Not reached';
  // Shorter than `Completed`: time and money stand beside it.
  if (status === 'completed') return step?.isReused ? 'Reused' : 'Done';
  if (status !== 'running' || !step) return undefined;
  if (step.kind === 'tool') return `Using ${(toolTitle(step.tool ?? '') ?? 'a tool').toLowerCase()}`;
  return step.text === '' ? 'Thinking' : 'Writing';
}
