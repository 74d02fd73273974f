import { randomUUIDv7 } from 'node:crypto';
import { type CreationAttributes, QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { freezeCrew } from '../../crews/freezeCrew.ts';
import { appendEvents } from '../../database/ledger/appendEvents.ts';
import { insertContents } from '../../database/ledger/contents.ts';
import { Crew } from '../../database/models/Crew.ts';
import { CrewVersion } from '../../database/models/CrewVersion.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { requireRole } from '../../workspaces/enterWorkspace.ts';
import { isOpen } from '../policy.ts';
import type { ForkDraft } from './prepareFork.ts';

/**
 * For a fork into another workspace: brings the parent there first, as a simulation that never ran there, so that the
 * fork reads its own workspace alone. Crew, steps, texts and events come along; calls, and so the money, stay where
 * they were. Done once for each state of the parent. Runs in a transaction of the target, which it leaves so.
 */
export async function copyForFork(
  target: MemberContext,
  draft: ForkDraft,
  transaction: Transaction,
): Promise<ForkDraft> {
  const { parent } = draft;
  const { database, caller } = target;
  const { id: workspaceId } = caller.workspace;
  // Two who copy the same at once take turns; the second finds what the first has made.
  await database.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', {
    bind: [`copy ${workspaceId} ${parent.crewId}`],
    transaction,
  });
  const known = await findCopy(workspaceId, parent, transaction);
  const copy = known ?? (await makeCopy(target, parent, transaction));
  // There nothing is called back yet: whom the parent calls is new to its owners.
  const parentPlan = { ...draft.parentPlan, tasks: [] };
  return {
    ...draft,
    parent: copy,
    parentPlan,
    crewVersionId: null,
    rule: { ...draft.rule, parentId: copy.id },
  };
}

function findCopy(workspaceId: string, parent: Simulation, transaction: Transaction) {
  const copiedFrom = { simulationId: parent.id, seq: parent.lastSeq };
  return Simulation.findOne({ where: { workspaceId, copiedFrom }, transaction });
}

async function makeCopy(
  target: MemberContext,
  parent: Simulation,
  transaction: Transaction,
): Promise<Simulation> {
  const { database, caller } = target;
  const { id: workspaceId } = caller.workspace;
  await lookInto(database, transaction, parent.workspaceId);
  const version = await CrewVersion.findOne({
    where: { workspaceId: parent.workspaceId, id: parent.crewVersionId },
    rejectOnEmpty: true,
    transaction,
  });
  const crew = await Crew.findOne({
    where: { workspaceId: parent.workspaceId, id: parent.crewId },
    rejectOnEmpty: true,
    transaction,
  });
  const rows = await readRows(database, transaction, parent);
  await lookInto(database, transaction, workspaceId);

  const { graph, plan } = version;
  const { name, description } = crew;
  const crewId =
    (await findCrewOf(workspaceId, parent.crewId, transaction)) ??
    (await createCrew(target, { name, description, graph }, transaction));
  const freeze = { workspaceId, crewId, userId: caller.user.id, graph, plan };
  const crewVersionId = await freezeCrew(freeze, transaction);
  const copy = await Simulation.create(asCopy(parent, { workspaceId, crewId, crewVersionId }), {
    transaction,
  });
  await writeRows(database, transaction, { workspaceId, simulationId: copy.id, rows });
  if (isOpen(copy)) await close(transaction, copy);
  return copy.reload({ transaction });
}

/** From here on the transaction sees another workspace, and no others. */
export const lookInto = async (database: Sequelize, transaction: Transaction, workspaceId: string) => {
  await database.query(`select set_config('app.workspace', $1, true)`, { bind: [workspaceId], transaction });
};

async function findCrewOf(workspaceId: string, crewId: string, transaction: Transaction) {
  const earlier = await Simulation.findOne({
    attributes: ['crewId'],
    where: { workspaceId, copiedFrom: { crewId } },
    transaction,
  });
  return earlier?.crewId;
}

async function createCrew(
  target: MemberContext,
  crew: Pick<Crew, 'name' | 'description' | 'graph'>,
  transaction: Transaction,
): Promise<string> {
  requireRole(target, 'edit');
  const { caller } = target;
  const id = randomUUIDv7();
  const ids = { id, workspaceId: caller.workspace.id, createdBy: caller.user.id };
  await Crew.create({ ...ids, ...crew }, { transaction });
  return id;
}

function asCopy(
  parent: Simulation,
  where: Pick<Simulation, 'workspaceId' | 'crewId' | 'crewVersionId'>,
): CreationAttributes<Simulation> {
  const { workspaceId, crewId, id: simulationId, lastSeq: seq, epoch } = parent;
  const { title, inputs, status, failure, outputPath, clock, createdBy, startedAt, endedAt } = parent;
  return {
    id: randomUUIDv7(),
    ...where,
    ...{ title, inputs, status, failure, outputPath, clock, createdBy, startedAt, endedAt, epoch },
    lastSeq: seq,
    startedInEngine: epoch,
    copiedFrom: { workspaceId, crewId, simulationId, seq },
  };
}

/** Of a parent that goes on elsewhere the copy says that it does not. */
async function close(transaction: Transaction, copy: Simulation): Promise<void> {
  await appendEvents(transaction, {
    workspaceId: copy.workspaceId,
    simulationId: copy.id,
    events: [{ key: 'copied', type: 'simulation.cancelled', data: { by: null } }],
  });
}

interface Rows {
  readonly events: readonly object[];
  readonly steps: readonly object[];
  readonly contents: readonly { readonly sha256: Buffer; readonly text: string }[];
}

async function readRows(
  database: Sequelize,
  transaction: Transaction,
  { id, lastSeq }: Simulation,
): Promise<Rows> {
  const select = <T extends object>(sql: string, bind: unknown[]) =>
    database.query<T>(sql, { bind, transaction, type: QueryTypes.SELECT });
  const events = await select<object>(
    'select seq, key, type, data, at from events where simulation_id = $1 and seq <= $2 order by seq',
    [id, lastSeq],
  );
  const steps = await select<{ request: unknown; response: unknown }>(
    `select ${STEP} from steps where simulation_id = $1 and state <> 'running'`,
    [id],
  );
  const refs = new Set<string>();
  for (const { request, response } of steps) collectRefs([request, response], refs);
  const contents = await select<Rows['contents'][number]>(
    'select sha256, text from contents where sha256 = any($1::bytea[]) order by sha256',
    [[...refs].map((ref) => Buffer.from(ref, 'base64url'))],
  );
  return { events, steps, contents };
}

/** Everything in a stored request or response that names a text of `contents`. */
function collectRefs(value: unknown, refs: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if ('ref' in value && typeof value.ref === 'string') refs.add(value.ref);
  else for (const part of Object.values(value)) collectRefs(part, refs);
}

interface WriteRows {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly rows: Rows;
}

async function writeRows(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, simulationId, rows: { events, steps, contents } }: WriteRows,
): Promise<void> {
  const ids = [workspaceId, simulationId];
  await insertContents(transaction, workspaceId, contents);
  await database.query(
    `insert into steps (workspace_id, simulation_id, ${STEP})
     select $1, $2, ${STEP} from jsonb_populate_recordset(null::steps, $3::jsonb)`,
    { bind: [...ids, JSON.stringify(steps)], transaction },
  );
  await database.query(
    `insert into events (workspace_id, simulation_id, seq, key, type, data, at)
     select $1, $2, seq, key, type, data, at from jsonb_populate_recordset(null::events, $3::jsonb)`,
    { bind: [...ids, JSON.stringify(events)], transaction },
  );
}

const STEP = `path, node_id, kind, state, epoch, attempt, model, tool, request_hash, request, response, outcome,
  failure, input_tokens, output_tokens, cost_micros, reused_from, is_edited, started_at, ended_at`;
