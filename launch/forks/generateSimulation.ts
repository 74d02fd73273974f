import { randomUUIDv7 } from 'node:crypto';
import type { Sequelize, Transaction } from 'sequelize';
import { freezeCrew } from '#api/crews/freezeCrew.ts';
import { inWorkspace } from '#api/database/connect.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { modelRequestHash } from '#api/database/ledger/requestHash.ts';
import { composeRequest } from '#api/database/ledger/requests/composeRequest.ts';
import type { StoredText } from '#api/database/ledger/stored.ts';
import { Crew } from '#api/database/models/Crew.ts';
import { Simulation } from '#api/database/models/Simulation.ts';
import { compileGraph } from '#workflows/graph/compile.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import type { Plan, PlanTask } from '#workflows/graph/planSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { thinkPath } from '#workflows/names.ts';

export interface GenerateSimulation {
  readonly workspaceId: string;
  readonly userId: string;
  /** Its agents name a model; it has no inputs and no tools. */
  readonly graph: CrewGraph;
  readonly answer: (task: PlanTask) => string;
}

/**
 * A completed simulation as the engine would have left it, row by row, in the time that writing takes: for tests and
 * measurements of long ones. Returns its id.
 */
export async function generateSimulation(
  database: Sequelize,
  { workspaceId, userId, graph, answer }: GenerateSimulation,
): Promise<string> {
  const plan = compileGraph(graph, { defaultModel: 'demo/stand-in' });
  const contents = new Contents();
  const steps = stepsOf(plan, contents, answer);
  const events = eventsOf(steps);
  const id = randomUUIDv7();
  await inWorkspace(database, workspaceId, async (transaction) => {
    const crew = await Crew.create(
      { id: randomUUIDv7(), workspaceId, name: 'A long crew', graph, createdBy: userId },
      { transaction },
    );
    const freeze = { workspaceId, crewId: crew.id, userId, graph, plan };
    await contents.insert(transaction, workspaceId);
    await Simulation.create(
      {
        id,
        workspaceId,
        crewId: crew.id,
        crewVersionId: await freezeCrew(freeze, transaction),
        title: crew.name,
        status: 'completed',
        startedInEngine: 1,
        lastSeq: events.length,
        outputPath: steps.at(-1)?.path ?? null,
        startedAt: new Date(),
        endedAt: new Date(),
        createdBy: userId,
      },
      { transaction },
    );
    const rows = (sql: string, given: readonly object[]) =>
      insert(database, transaction, { sql, bind: [workspaceId, id, JSON.stringify(given)] });
    await rows(STEPS, steps);
    await rows(CALLS, steps);
    await rows(
      EVENTS,
      events.map((event, index) => ({ ...event, seq: index + 1 })),
    );
  });
  return id;
}

const insert = (
  database: Sequelize,
  transaction: Transaction,
  { sql, bind }: { sql: string; bind: unknown[] },
) => database.query(sql, { bind, transaction });

interface GeneratedStep {
  readonly path: string;
  readonly node_id: string;
  readonly model: string;
  readonly preview: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
}

function stepsOf(plan: Plan, contents: Contents, answer: (task: PlanTask) => string): GeneratedStep[] {
  const answers = new Map<string, StoredText>();
  const agents = new Map(plan.agents.map((agent) => [agent.nodeId, agent]));
  return plan.tasks.map((task) => {
    const agent = agents.get(task.agentId);
    if (!agent) throw new Error(`The plan has no agent ${task.agentId}`);
    const { added, tools, settings } = composeRequest({
      plan,
      agent,
      task,
      inputs: new Map(),
      clock: new Date(),
      what: { previousPath: null, toolPaths: [], isForced: false },
      answers,
      stepText: (path) => ({ text: path }),
      contents,
    });
    const { promptVersion } = plan;
    const request_hash = modelRequestHash({ promptVersion, settings, tools, previous: null, added });
    const said = answer(task);
    const text = contents.add(said);
    answers.set(task.nodeId, text);
    return {
      path: thinkPath(task.nodeId, 1),
      node_id: task.nodeId,
      model: agent.model,
      request_hash,
      request: { previousPath: null, toolPaths: [], added, tools: [], temperature: null, maxTokens: null },
      response: { text, toolCalls: [], finishReason: 'stop' },
      outcome: { kind: 'answer', isEmpty: false },
      preview: said.slice(0, 200),
      input_tokens: 100,
      output_tokens: 50,
      cost_micros: 120,
    };
  });
}

function eventsOf(steps: readonly GeneratedStep[]): NewEvent[] {
  const events = steps.flatMap(({ path, node_id: nodeId, model, ...step }): NewEvent[] => {
    const of = { path, nodeId, kind: 'model', epoch: 1, attempt: 1 } as const;
    const usage = {
      inputTokens: step.input_tokens,
      outputTokens: step.output_tokens,
      costMicros: step.cost_micros,
    };
    return [
      { key: `task.started:${nodeId}:1`, type: 'task.started', data: { nodeId } },
      { key: `${path}#1.1`, type: 'step.started', data: { ...of, model, tool: null } },
      {
        key: `${path}!`,
        type: 'step.completed',
        data: { ...of, ...usage, durationMs: 1, preview: step.preview },
      },
      { key: `task.completed:${nodeId}`, type: 'task.completed', data: { nodeId, path } },
    ];
  });
  const outputPath = steps.at(-1)?.path ?? null;
  return [
    { key: 'started:1', type: 'simulation.started', data: { epoch: 1 } },
    ...events,
    { key: 'completed', type: 'simulation.completed', data: { outputPath } },
  ];
}

const STEPS = `
insert into steps (workspace_id, simulation_id, path, node_id, kind, state, epoch, attempt, model, request_hash,
  request, response, outcome, input_tokens, output_tokens, cost_micros, started_at, ended_at)
select $1, $2, path, node_id, 'model', 'completed', 1, 1, model, request_hash, request, response, outcome,
  input_tokens, output_tokens, cost_micros, now(), now()
from jsonb_populate_recordset(null::steps, $3::jsonb)`;

const CALLS = `
insert into calls (workspace_id, simulation_id, path, epoch, attempt, kind, state, model, input_tokens,
  output_tokens, cost_micros, ended_at)
select $1, $2, path, 1, 1, 'model', 'answered', model, input_tokens, output_tokens, cost_micros, now()
from jsonb_populate_recordset(null::steps, $3::jsonb)`;

const EVENTS = `
insert into events (workspace_id, simulation_id, seq, key, type, data)
select $1, $2, seq, key, type, data from jsonb_populate_recordset(null::events, $3::jsonb)`;
