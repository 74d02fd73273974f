import { createHmac } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { type Found, MOST_ATTEMPTS } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { toolRequestHash } from '#api/database/ledger/requestHash.ts';
import { loadStepText } from '#api/database/ledger/requests/stepTexts.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { CallBackInput, StepOutcome } from '#workflows/activities.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { TaskCallback } from '#workflows/graph/nodes/task.ts';
import type { Plan, PlanTask } from '#workflows/graph/planSchema.ts';
import { credentialsOf } from '../credentials/SimulationCredentials.ts';
import type { LoadPlan } from '../plans.ts';
import { EgressBlocked } from '../tools/egress/EgressBlocked.ts';
import { EgressFailed } from '../tools/egress/EgressFailed.ts';
import { auditBlocked } from './auditBlocked.ts';
import { performStep } from './performStep.ts';
import { heldBack, type ToolDependencies } from './useTool.ts';
import type { Performed, Prepared } from './work.ts';

export interface CallBackDependencies extends ToolDependencies {
  readonly loadPlan: LoadPlan;
}

const TOOL = { title: 'Callback', changesOutsideWorld: true } as const;
const MOST_BYTES = 64 * 1024;
const MOST_SHOWN = 500;

/** Somebody is told that a task has ended, with its answer (CrewAI callback). That they cannot be told ends nothing. */
export const createCallBack =
  (dependencies: CallBackDependencies) =>
  async (input: CallBackInput): Promise<StepOutcome> => {
    const plan = await dependencies.loadPlan(input);
    const task = plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
    const callback = task?.callback;
    if (!task || !callback)
      throw ApplicationFailure.nonRetryable(`Task ${input.nodeId} has no callback`, 'engine.badPlan');
    return performStep(dependencies, input, {
      kind: 'tool',
      read: (transaction) => readFacts(input, transaction),
      prepare: async (found, facts) =>
        prepare(dependencies, { input, plan, task, callback, found, ...facts }),
    });
  };

interface Facts {
  readonly answer: string;
  /** Requests of this step that failed before. */
  readonly failures: number;
}

async function readFacts(
  { simulationId, path, epoch, of }: CallBackInput,
  transaction: LedgerTransaction,
): Promise<Facts> {
  const [answer, [row]] = await Promise.all([
    loadStepText(transaction, { simulationId, path: of }),
    transaction.run<{ count: number }>(FAILURES, [simulationId, path, epoch]),
  ]);
  return { answer, failures: row?.count ?? 0 };
}

interface Preparing extends Facts {
  readonly input: CallBackInput;
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly callback: TaskCallback;
  readonly found: Found;
}

function prepare(dependencies: CallBackDependencies, preparing: Preparing): Prepared {
  const { callback, found, failures } = preparing;
  const contents = new Contents();
  const body = bodyOf(preparing);
  const given = contents.add(JSON.stringify({ url: callback.url, body }));
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'tool',
      model: null,
      tool: 'callback',
      request: {
        previousPath: null,
        toolPaths: [],
        added: [],
        tools: [],
        temperature: null,
        maxTokens: null,
        arguments: given,
      },
      requestHash: toolRequestHash({ tool: 'callback', version: null, given }),
      worstMicros: 0,
      contents,
    },
    perform: async ({ signal }) => {
      const held = heldBack(TOOL, found.fork);
      if (held) return ended(held.ok, held.text);
      const isLast = failures + 1 >= MOST_ATTEMPTS;
      return send(dependencies, { ...preparing, body, signal, isLast });
    },
  };
}

/** As CrewAI's TaskOutput, by its names. */
function bodyOf({ input, plan, task, found, answer }: Preparing): string {
  const fill = (text: string) => fillPlaceholders(text, new Map(Object.entries(found.inputs)));
  const agent = plan.agents.find(({ nodeId }) => nodeId === task.agentId);
  return JSON.stringify({
    event: 'task.completed',
    simulation_id: input.simulationId,
    task_id: task.nodeId,
    ...(input.scope && { scope: input.scope }),
    name: task.name,
    description: fill(task.description),
    expected_output: fill(task.expectedOutput),
    agent: fill(agent?.role ?? ''),
    raw: answer,
  });
}

interface Sending extends Preparing {
  readonly body: string;
  readonly signal: AbortSignal;
  /** It is not tried again. */
  readonly isLast: boolean;
}

async function send(dependencies: CallBackDependencies, sending: Sending): Promise<Performed> {
  const { input, callback, body, signal, isLast } = sending;
  const credentials = credentialsOf(dependencies.credentials, input);
  try {
    const { status, body: said } = await dependencies.egress.read({
      url: callback.url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': `${input.simulationId}/${input.path}`,
        ...(await signature(credentials, callback, body)),
      },
      body,
      signal,
      maxBytes: MOST_BYTES,
    });
    if (status < 400) return ended(true, `${status}`);
    if (isPassing(status) && !isLast) throw later(`It answered ${status}.`);
    const words = new TextDecoder().decode(said).slice(0, MOST_SHOWN);
    return ended(false, credentials.redact(`It answered ${status}. ${words}`.trim()));
  } catch (error) {
    if (error instanceof EgressBlocked)
      await auditBlocked(dependencies.ledger, input, { ...error, tool: 'callback' });
    if (error instanceof EgressBlocked || error instanceof CredentialRefused)
      return ended(false, error.message);
    if (!(error instanceof EgressFailed)) throw error;
    if (!isLast) throw later(error.message);
    return ended(false, error.message);
  }
}

const isPassing = (status: number) => status === 408 || status === 425 || status === 429 || status >= 500;

const later = (message: string) => ApplicationFailure.create({ type: 'callback.undelivered', message });

/** Signed so that the receiver knows who tells it: `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, by the credential's secret. */
async function signature(
  credentials: ReturnType<typeof credentialsOf>,
  { url, credentialId }: TaskCallback,
  body: string,
): Promise<Record<string, string>> {
  if (credentialId === undefined) return {};
  const { value } = await credentials.reveal(credentialId, new URL(url).origin);
  const seconds = Math.floor(Date.now() / 1_000);
  const hmac = createHmac('sha256', value).update(`${seconds}.${body}`).digest('hex');
  return { 'troupe-signature': `t=${seconds},v1=${hmac}` };
}

const ended = (ok: boolean, text: string): Performed => ({
  text,
  toolCalls: [],
  finishReason: ok ? 'stop' : 'tool_error',
  inputTokens: null,
  outputTokens: null,
  costMicros: 0,
  outcome: { kind: 'done', ...(!ok && { isFailed: true }) },
});

const FAILURES: PreparedStatement = {
  name: 'calls.failures',
  text: `
select count(*)::integer as count from calls
where simulation_id = $1 and path = $2 and epoch = $3 and is_counted and state in ('failed', 'unknown', 'sent')`,
};
