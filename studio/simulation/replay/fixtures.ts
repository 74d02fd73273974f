import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';

type Told = SimulationEvent extends infer E
  ? E extends SimulationEvent
    ? Pick<E, 'type' | 'data'>
    : never
  : never;

const START = Date.UTC(2026, 10, 24, 10, 0, 0);

/** Events at these milliseconds after the start, numbered. For tests. */
export const eventsAt = (told: readonly (readonly [ms: number, event: Told])[]): SimulationEvent[] =>
  told.map(([ms, event], place) => ({
    ...event,
    seq: place + 1,
    at: new Date(START + ms).toISOString(),
  })) as SimulationEvent[];

const step = (nodeId: string, kind: 'model' | 'tool' = 'model') =>
  ({ path: pathOf(nodeId), nodeId, kind, epoch: 1, attempt: 1 }) as const;

export const pathOf = (nodeId: string): string => `t1/${nodeId}/0/think.1`;

export const begun = (): Told => ({ type: 'simulation.started', data: { epoch: 1 } });
export const taskBegun = (nodeId: string): Told => ({ type: 'task.started', data: { nodeId } });
export const taskDone = (nodeId: string): Told => ({
  type: 'task.completed',
  data: { nodeId, path: pathOf(nodeId) },
});
export const stepBegun = (nodeId: string): Told => ({
  type: 'step.started',
  data: { ...step(nodeId), model: 'demo/stand-in', tool: null },
});
export const stepDone = (nodeId: string, preview = 'An answer'): Told => ({
  type: 'step.completed',
  data: { ...step(nodeId), inputTokens: 10, outputTokens: 5, costMicros: 100, durationMs: 1_000, preview },
});
export const stepTaken = (nodeId: string): Told => ({
  type: 'step.reused',
  data: { ...step(nodeId), from: 'another simulation', preview: 'An answer' },
});
export const paused = (): Told => ({ type: 'simulation.paused', data: { by: 'Maya' } });
export const resumed = (): Told => ({ type: 'simulation.resumed', data: { by: 'Maya' } });
export const done = (): Told => ({ type: 'simulation.completed', data: { outputPath: null } });

/** A whole simulation of so many tasks in a row, a second each. */
export function longRun(tasks: number): SimulationEvent[] {
  const told: [number, Told][] = [[0, begun()]];
  for (let place = 0; place < tasks; place += 1) {
    const id = `n${place}`;
    const from = place * 1_000;
    told.push(
      [from, taskBegun(id)],
      [from, stepBegun(id)],
      [from + 900, stepDone(id)],
      [from + 900, taskDone(id)],
    );
  }
  return eventsAt([...told, [tasks * 1_000, done()]]);
}
