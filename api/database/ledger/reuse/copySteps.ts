import type { SimulationRef } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { inScope, nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { appendEvents, LOCK } from '../appendEvents.ts';
import { contentHash, loadTexts } from '../contents.ts';
import { preview, toolFailed } from '../endStep.ts';
import { applyWrites } from '../stateWrites.ts';
import type { StoredResponse, StoredText } from '../stored.ts';
import {
  answerPath,
  answerText,
  type EditedStep,
  endsTask,
  saidOutcome,
  type TakenStep,
  textOf,
} from './TakenStep.ts';

export interface CopySteps extends SimulationRef {
  readonly parentId: string;
  readonly taken: readonly TakenStep[];
  /** Events that come before those of the steps. */
  readonly opening: readonly NewEvent[];
  /** Only while nobody wants the simulation held: otherwise nothing is added. */
  readonly asClaim?: boolean;
}

export interface Copied {
  /** How many of the steps became rows: the others were there. */
  readonly count: number;
  /** Of the last event; null when none was added. */
  readonly seq: number | null;
}

/**
 * Makes rows of the fork of what it takes over and of what a person says in it, all or nothing: they cost nothing and
 * say where they come from, so that from now on only the fork is read. Harmless when repeated.
 */
export async function copySteps(transaction: AnyTransaction, copy: CopySteps): Promise<Copied> {
  const { workspaceId, simulationId, epoch, opening } = copy;
  await runPrepared(transaction, LOCK, [simulationId]);
  const paths = new Set([
    ...(await insertReused(transaction, copy)),
    ...(await insertEdited(transaction, copy)),
  ]);
  const taken = copy.taken.filter(({ path }) => paths.has(path));
  await keepFiles(transaction, { ...copy, taken });
  await applyWrites(transaction, { ...copy, writes: writesOf(taken) });
  const edits = await loadTexts(transaction, taken.filter(isEdited).map(textOf));
  const seq = await appendEvents(transaction, {
    workspaceId,
    simulationId,
    claim: copy.asClaim ? { epoch, reserveMicros: 0 } : undefined,
    events: [...opening, ...takeEvents(taken, epoch, edits)],
  });
  return { count: paths.size, seq };
}

/** What reused tools changed, in the order in which they did. */
const writesOf = (taken: readonly TakenStep[]) =>
  taken
    .flatMap((step) => (step.kind === 'reused' ? [step] : []))
    .toSorted((a, b) => a.from.seq - b.from.seq)
    .flatMap(({ path, from }) => (from.response.writes ?? []).map((write) => ({ path, write })));

const isEdited = (step: TakenStep): step is EditedStep => step.kind === 'edited';

/** In the order in which it happened: a task begins with its first step and ends with its answer. */
function takeEvents(
  taken: readonly TakenStep[],
  epoch: number,
  edits: (text: StoredText) => string,
): NewEvent[] {
  const begun = new Set<string>();
  return taken.flatMap((step): NewEvent[] => {
    const { path } = step;
    const place = placeOf(step);
    const key = nodeKey(step.scope ?? ROOT_SCOPE, step.nodeId);
    const isFirst =
      /\/(?:think\.1|plan\.1|knowledge|memory\.recall)$/.test(path) ||
      (step.kind === 'reused' && (step.from.kind === 'decision' || path.endsWith('/ask'))) ||
      (endsTask(step) && step.kind === 'edited');
    const begins = isFirst && !begun.has(key);
    if (begins) begun.add(key);
    const before: NewEvent[] = begins
      ? [{ key: `task.started:${key}:${epoch}`, type: 'task.started', data: place }]
      : [];
    const after: NewEvent[] = endsTask(step)
      ? [{ key: `task.completed:${key}`, type: 'task.completed', data: { ...place, path: answerPath(step) } }]
      : [];
    return [...before, ...stepEvents(step, epoch, edits), ...after];
  });
}

const placeOf = ({ nodeId, scope }: TakenStep) => ({ nodeId, ...inScope(scope) });

function stepEvents(step: TakenStep, epoch: number, edits: (text: StoredText) => string): NewEvent[] {
  const { path } = step;
  const place = placeOf(step);
  const key = `${path}!`;
  if (step.kind === 'reused') {
    const { kind, model, tool, path: from, preview } = step.from;
    const failed = toolFailed(step.from.outcome);
    const data = { path, ...place, kind, epoch, attempt: 0, from, preview, model, tool, ...failed };
    return [{ key, type: 'step.reused', data }];
  }
  const person = { path, ...place, kind: 'person', epoch, attempt: 0 } as const;
  const free = { inputTokens: null, outputTokens: null, costMicros: 0, durationMs: 0 };
  return [
    { key: `${path}#${epoch}.0`, type: 'step.started', data: { ...person, model: null, tool: null } },
    { key, type: 'step.completed', data: { ...person, ...free, preview: preview(edits(step.text)) } },
  ];
}

async function insertReused(
  transaction: AnyTransaction,
  { simulationId, epoch, parentId, taken }: CopySteps,
): Promise<readonly string[]> {
  const reused = taken.filter((step) => step.kind === 'reused');
  if (reused.length === 0) return [];
  const [paths, from] = [reused.map(({ path }) => path), reused.map((step) => step.from.path)];
  const values = [simulationId, epoch, parentId, paths, from];
  const rows = await runPrepared<{ path: string }>(transaction, REUSE, values);
  return rows.map(({ path }) => path);
}

async function insertEdited(
  transaction: AnyTransaction,
  { workspaceId, simulationId, epoch, taken }: CopySteps,
): Promise<readonly string[]> {
  const edited = taken.filter(isEdited).map(({ path, nodeId, requestHash, ...step }) => ({
    path,
    node_id: nodeId,
    request_hash: requestHash,
    response: { text: step.text, toolCalls: [], finishReason: 'edited' } satisfies StoredResponse,
    outcome: saidOutcome(step),
  }));
  if (edited.length === 0) return [];
  const values = [workspaceId, simulationId, epoch, JSON.stringify(edited)];
  const rows = await runPrepared<{ path: string }>(transaction, EDIT, values);
  return rows.map(({ path }) => path);
}

/** Files that answers were kept as are kept again: the fork's inputs may name them differently. */
async function keepFiles(
  transaction: AnyTransaction,
  { workspaceId, simulationId, taken }: CopySteps,
): Promise<void> {
  const files = taken.flatMap((step) =>
    step.outputFile === null
      ? []
      : [
          {
            path: answerPath(step),
            name: step.outputFile,
            sha256: contentHash(answerText(step)),
            size: sizeOf(step),
          },
        ],
  );
  if (files.length === 0) return;
  await runPrepared(transaction, KEEP_FILES, [
    workspaceId,
    simulationId,
    files.map(({ name }) => name),
    files.map(({ path }) => path),
    files.map(({ sha256 }) => sha256),
    files.map(({ size }) => size),
  ]);
}

/** Of a text that stands in its row; the size of others is asked of the database. */
function sizeOf(step: TakenStep): number | null {
  const stored = answerText(step);
  return 'text' in stored ? Buffer.byteLength(stored.text) : null;
}

// A row that somebody is at work on is left to them; one that failed before gives way.
const OTHERWISE = (values: string) => `
on conflict (simulation_id, path) do update set state = 'completed', ${values}, partial = null, failure = null
where steps.state not in ('completed', 'running')
returning path`;

const REUSE: PreparedStatement = {
  name: 'steps.reuse',
  text: `
insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, model, tool,
  request_hash, request, response, outcome, cost_micros, reused_from, started_at, ended_at)
select s.workspace_id, $1, wanted.path, s.node_id, s.kind, 'completed', $2::integer, 0, s.model, s.tool,
  s.request_hash, s.request, s.response, s.outcome, 0, s.path, now(), now()
from unnest($4::text[], $5::text[]) as wanted (path, from_path)
join steps s on s.simulation_id = $3 and s.path = wanted.from_path
${OTHERWISE(`epoch = excluded.epoch, attempt = 0, model = excluded.model, tool = excluded.tool,
  request_hash = excluded.request_hash, request = excluded.request, response = excluded.response,
  outcome = excluded.outcome, cost_micros = 0, reused_from = excluded.reused_from, ended_at = now()`)}`,
};

const EDIT: PreparedStatement = {
  name: 'steps.edit',
  text: `
insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, request_hash,
  response, outcome, cost_micros, is_edited, started_at, ended_at)
select $1, $2, path, node_id, 'person', 'completed', $3::integer, 0, request_hash, response, outcome, 0, true,
  now(), now()
from jsonb_to_recordset($4::jsonb) as given (path text, node_id text, request_hash text, response jsonb, outcome jsonb)
${OTHERWISE(`kind = 'person', epoch = excluded.epoch, attempt = 0, model = null, tool = null, request = null,
  request_hash = excluded.request_hash, response = excluded.response, outcome = excluded.outcome,
  cost_micros = 0, is_edited = true, ended_at = now()`)}`,
};

const KEEP_FILES: PreparedStatement = {
  name: 'files.keepAll',
  text: `
insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
select $1, $2, name, path, sha256, coalesce(given.size, (
  select octet_length(text) from contents where contents.workspace_id = $1 and contents.sha256 = given.sha256), 0)
from unnest($3::text[], $4::text[], $5::bytea[], $6::integer[]) as given (name, path, sha256, size)
on conflict (simulation_id, name) do update set path = excluded.path, sha256 = excluded.sha256,
  size = excluded.size, updated_at = now()`,
};
