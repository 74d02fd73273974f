import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { SimulationState } from '#workflows/simulationState.ts';

/** An answer of a task: from the event with which its writing began to the one that told of its end. */
export interface Answer {
  readonly nodeId: string;
  readonly path: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** All answers that were written here, in the order in which they were begun. Those that a fork took over are not. */
export function answersOf(events: readonly SimulationEvent[]): Answer[] {
  const begun = new Map<string, number>();
  const answers: Answer[] = [];
  for (const { seq, type, data } of events) {
    if (type === 'step.started') begun.set(data.path, seq);
    if (type !== 'task.completed') continue;
    const fromSeq = begun.get(data.path);
    if (fromSeq !== undefined) answers.push({ nodeId: data.nodeId, path: data.path, fromSeq, toSeq: seq });
  }
  return answers.sort((a, b) => a.fromSeq - b.fromSeq);
}

/** Where an answer is being written, up to which nobody has read it. */
export const answerBeingWritten = (answers: readonly Answer[], seq: number): Answer | undefined =>
  answers.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq < toSeq);

/** Which answers are to be guessed at this moment: those at work, or else the one that comes next. */
export function hiddenAt(state: SimulationState, answers: readonly Answer[]): ReadonlySet<string> {
  const atWork = Object.entries(state.nodes).filter(
    ([, { status }]) => status === 'running' || status === 'waiting',
  );
  if (atWork.length > 0) return new Set(atWork.map(([nodeId]) => nodeId));
  const next = answers.find(({ fromSeq }) => fromSeq > state.lastSeq);
  return new Set(next ? [next.nodeId] : []);
}
