import { literal } from 'sequelize';
import { z } from 'zod';
import { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { EventRow } from '../database/models/EventRow.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import type { Step } from '../database/models/Step.ts';
import { expiresAt, type Retention } from '../retention/expiresAt.ts';
import type { ListedSimulation, SimulationSummary, StepView, Totals } from './schema.ts';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The only road from a simulation’s row to a client; `SimulationView` adds to it. */
export function presentSimulation(row: Simulation, totals: Totals): SimulationSummary {
  return {
    id: row.id,
    crewId: row.crewId,
    title: row.title,
    status: row.status,
    waitingFor: row.waitingFor,
    failure: row.failure,
    totals,
    forkedFrom: row.forkedFrom,
    purpose: row.origin?.purpose ?? null,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    endedAt: iso(row.endedAt),
  };
}

/** The same, with how long it stays. */
export const presentListed = (row: Simulation, totals: Totals, retention: Retention): ListedSimulation => ({
  ...presentSimulation(row, totals),
  isKept: row.isKept,
  expiresAt: iso(expiresAt(row, retention)),
});

/** When a step ended is said by its event: select this attribute with the row. */
export const endedSeq = [
  literal(
    `(select seq from events where events.simulation_id = "Step".simulation_id and events.key = path || '!')`,
  ),
  'endedSeq',
] as const;
const EndedSeq = z.int().nullable();

/** Without prompt and answer, which only an opened step shows. */
export function presentStep(row: Step): StepView {
  return {
    path: row.path,
    nodeId: row.nodeId,
    kind: row.kind,
    state: row.state,
    epoch: row.epoch,
    attempt: row.attempt,
    model: row.model,
    tool: row.tool,
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    costMicros: row.costMicros,
    reusedFrom: row.reusedFrom,
    isEdited: row.isEdited,
    failure: row.failure,
    startedAt: row.startedAt.toISOString(),
    endedAt: iso(row.endedAt),
    endedSeq: EndedSeq.parse(row.get('endedSeq') ?? null),
  };
}

/** Parsed, so that an event of another shape fails here and not in somebody’s screen. */
export const presentEvent = ({ seq, type, data, at }: EventRow): SimulationEvent =>
  SimulationEvent.parse({ seq, type, at: at.toISOString(), data });
