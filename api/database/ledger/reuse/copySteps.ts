import type { Sequelize, Transaction } from 'sequelize';
import type { SimulationRef } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { appendEvents } from '../appendEvents.ts';
import { contentHash, loadTexts } from '../contents.ts';
import { preview } from '../endStep.ts';
import type { ReusedStep } from './walkReuse.ts';

export interface CopySteps extends SimulationRef {
  readonly parentId: string;
  readonly reused: readonly ReusedStep[];
  /** Events that come before those of the steps. */
  readonly opening: readonly NewEvent[];
  /** Only while nobody wants the simulation held: otherwise nothing is added. */
  readonly asClaim?: boolean;
}

/**
 * Makes rows of the fork of what it takes over, all or nothing: they cost nothing and say where they come from, so
 * that from now on only the fork is read. Harmless when repeated. Returns the last event's number, or null.
 */
export async function copySteps(
  database: Sequelize,
  transaction: Transaction,
  copy: CopySteps,
): Promise<number | null> {
  const { workspaceId, simulationId, epoch, parentId, reused } = copy;
  if (reused.length > 0) {
    await database.query(COPY, {
      bind: [
        simulationId,
        epoch,
        parentId,
        reused.map(({ path }) => path),
        reused.map(({ from }) => from.path),
      ],
      transaction,
    });
    await keepFiles(database, transaction, copy);
  }
  const textOf = await loadTexts(
    database,
    transaction,
    reused.map(({ from }) => from.response.text),
  );
  return appendEvents(database, transaction, {
    workspaceId,
    simulationId,
    claim: copy.asClaim ? { epoch, reserveMicros: 0 } : undefined,
    events: [
      ...copy.opening,
      ...reused.flatMap((step) => reuseEvents(step, epoch, preview(textOf(step.from.response.text)))),
    ],
  });
}

/** In the order in which it happened: the task begins with its first step and ends with its answer. */
function reuseEvents({ path, from, nodeId }: ReusedStep, epoch: number, words: string): NewEvent[] {
  const isFirst = path.endsWith('/think.1');
  const started: NewEvent = {
    key: `task.started:${nodeId}:${epoch}`,
    type: 'task.started',
    data: { nodeId },
  };
  const reused: NewEvent = {
    key: `${path}!`,
    type: 'step.reused',
    data: { path, nodeId, kind: from.kind, epoch, attempt: 0, from: from.path, preview: words },
  };
  const completed: NewEvent = {
    key: `task.completed:${nodeId}`,
    type: 'task.completed',
    data: { nodeId, path },
  };
  return [...(isFirst ? [started] : []), reused, ...(from.outcome.kind === 'answer' ? [completed] : [])];
}

/** Files that reused answers were kept as are kept again: the fork's inputs may name them differently. */
async function keepFiles(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, simulationId, reused }: CopySteps,
): Promise<void> {
  const files = reused.flatMap(({ path, from, outputFile: name }) =>
    name === null ? [] : [{ path, name, sha256: contentHash(from.response.text) }],
  );
  if (files.length === 0) return;
  await database.query(KEEP_FILES, {
    bind: [
      workspaceId,
      simulationId,
      files.map(({ name }) => name),
      files.map(({ path }) => path),
      files.map(({ sha256 }) => sha256),
    ],
    transaction,
  });
}

const COPY = `
insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, model, tool,
  request_hash, request, response, outcome, cost_micros, reused_from, started_at, ended_at)
select s.workspace_id, $1, wanted.path, s.node_id, s.kind, 'completed', $2::integer, 0, s.model, s.tool,
  s.request_hash, s.request, s.response, s.outcome, 0, s.path, now(), now()
from unnest($4::text[], $5::text[]) as wanted (path, from_path)
join steps s on s.simulation_id = $3 and s.path = wanted.from_path
on conflict (simulation_id, path) do nothing`;

const KEEP_FILES = `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
select $1, $2, name, path, sha256, coalesce((
  select octet_length(text) from contents where contents.workspace_id = $1 and contents.sha256 = given.sha256), 0)
from unnest($3::text[], $4::text[], $5::bytea[]) as given (name, path, sha256)
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`;
