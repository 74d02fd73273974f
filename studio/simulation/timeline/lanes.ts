import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { SimulationState, StepState } from '#workflows/simulationState.ts';
import type { CastMember } from '../../canvas/cast.ts';
import { castOf, doersOf } from '../../canvas/cast.ts';

export interface Lane {
  /** Null for what nobody of the cast did. */
  readonly member: CastMember | null;
  /** Rows of steps that do not overlap. */
  readonly rows: readonly (readonly StepState[])[];
}

/** A lane a cast member who had something to do, with steps side by side in rows. */
export function lanesOf(graph: CrewGraph, state: SimulationState): Lane[] {
  const doers = doersOf(graph);
  const steps = Object.values(state.steps).sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const byMember = Map.groupBy(steps, ({ nodeId }) => doers.get(nodeId)?.id ?? '');
  const busy = new Set([...doers.values()].map(({ id }) => id));
  const lanes = castOf(graph)
    .filter(({ id }) => busy.has(id))
    .map((member): Lane => ({ member, rows: rowsOf(byMember.get(member.id) ?? []) }));
  const strays = byMember.get('') ?? [];
  return strays.length > 0 ? [...lanes, { member: null, rows: rowsOf(strays) }] : lanes;
}

/** Each step goes into the first row that is free when it starts. */
function rowsOf(steps: readonly StepState[]): StepState[][] {
  const rows: StepState[][] = [];
  const freeFrom: number[] = [];
  for (const step of steps) {
    const from = Date.parse(step.startedAt);
    const to = step.endedAt ? Date.parse(step.endedAt) : Number.POSITIVE_INFINITY;
    const free = freeFrom.findIndex((moment) => moment <= from);
    const row = free < 0 ? rows.length : free;
    const steps = rows[row];
    if (steps) steps.push(step);
    else rows.push([step]);
    freeFrom[row] = to;
  }
  return rows.length > 0 ? rows : [[]];
}
