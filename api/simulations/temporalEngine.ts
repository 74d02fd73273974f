import {
  Client,
  Connection,
  type ConnectionOptions,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { AnswerInput, CommandInput } from '#workflows/activities.ts';
import type { checkToolServer } from '#workflows/checkToolServer.ts';
import type { embedQuestion } from '#workflows/embedQuestion.ts';
import {
  CHECK_TOOL_SERVER_TYPE,
  checkToolServerIdOf,
  EMBED_QUESTION_TYPE,
  embedQuestionIdOf,
  READ_SOURCE_TYPE,
  readSourceIdOf,
  TASK_QUEUE,
  UPDATES,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '#workflows/names.ts';
import type { readSource } from '#workflows/readSource.ts';
import type { runSimulation } from '#workflows/runSimulation.ts';
import { type Engine, EngineRefused, EngineUnavailable } from './Engine.ts';

export interface TemporalEngineOptions {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
  /** Another name than the usual keeps installations that share a Temporal apart. The worker must say the same. */
  readonly taskQueue?: string;
  /** What encrypts everything that Temporal is given. The worker must have the same. */
  readonly dataConverter: DataConverter;
}

/** Longer than a busy Temporal takes, shorter than a person waits; the sweeper asks again anyway. */
const CALL_MS = 3_000;
/** What a person waits for a tool server of theirs. */
const CHECK_MS = 30_000;
/** And for a search, which words can do as well. */
const QUESTION_MS = 20_000;

// Temporal retries a failing workflow task for ever; the first attempts fail for reasons that pass by themselves,
// such as a worker that was killed in the middle of one.
const FAILING_FROM_ATTEMPT = 3;

// Status codes of gRPC that mean "as sent, never".
const REFUSALS = new Set([3, 9, 11, 12]);

/** Connects when first used, so that the api starts, and accepts simulations, while Temporal is down. */
export function createTemporalEngine(options: TemporalEngineOptions): Engine {
  const connection = Connection.lazy(options.connection);
  const { namespace, dataConverter, taskQueue = TASK_QUEUE } = options;
  const client = new Client({ connection, namespace, dataConverter });
  const call = <T>(work: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + CALL_MS, work).catch((error: unknown) => {
      throw toEngineError(error);
    });
  const handle = (simulationId: string) =>
    client.workflow.getHandle<typeof runSimulation>(workflowIdOf(simulationId));

  return {
    async start(input, plan) {
      try {
        await call(() =>
          client.workflow.start<typeof runSimulation>(WORKFLOW_TYPE, {
            taskQueue,
            workflowId: workflowIdOf(input.simulationId),
            args: [input, plan],
            // A retry runs under the same id after the failed run has closed; two at once are refused.
            workflowIdReusePolicy: 'ALLOW_DUPLICATE',
            workflowIdConflictPolicy: 'FAIL',
            memo: { epoch: input.epoch },
          }),
        );
        return 'started';
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
        const { memo } = await call(() => handle(input.simulationId).describe());
        return memo?.epoch === input.epoch ? 'started' : 'busy';
      }
    },

    async send(simulationId, kind, command) {
      try {
        await call(() =>
          handle(simulationId).executeUpdate<void, [CommandInput]>(UPDATES[kind], {
            args: [command],
            updateId: `${simulationId}:${command.seq}`,
          }),
        );
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone';
        throw error;
      }
    },

    async answer(workflowId, requestId, answer) {
      try {
        await call(() =>
          client.workflow.getHandle(workflowId).executeUpdate<void, [AnswerInput]>(UPDATES.answer, {
            args: [answer],
            updateId: requestId,
          }),
        );
        return 'delivered';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone';
        throw error;
      }
    },

    async inspect(simulationId) {
      try {
        const { status, raw } = await call(() => handle(simulationId).describe());
        if (status.name !== 'RUNNING') return 'closed';
        const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
        return attempt >= FAILING_FROM_ATTEMPT ? 'failing' : 'running';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'missing';
        throw error;
      }
    },

    async abandon(simulationId) {
      await call(() => handle(simulationId).terminate('The simulation was deleted')).catch(() => undefined);
    },

    async readSource(input) {
      try {
        await call(() =>
          client.workflow.start<typeof readSource>(READ_SOURCE_TYPE, {
            taskQueue,
            workflowId: readSourceIdOf(input.sourceId, input.attempt),
            args: [input],
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            workflowIdConflictPolicy: 'FAIL',
          }),
        );
      } catch (error) {
        if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      }
    },

    async checkToolServer(input) {
      const run = await call(() =>
        client.workflow.start<typeof checkToolServer>(CHECK_TOOL_SERVER_TYPE, {
          taskQueue,
          workflowId: checkToolServerIdOf(input.serverId),
          args: [input],
          workflowIdReusePolicy: 'ALLOW_DUPLICATE',
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      );
      // Without a worker nobody looks; whoever asks then sees that nothing was found yet.
      await connection.withDeadline(Date.now() + CHECK_MS, () => run.result()).catch(() => undefined);
    },

    async embedQuestion(input) {
      const run = await call(() =>
        client.workflow.start<typeof embedQuestion>(EMBED_QUESTION_TYPE, {
          taskQueue,
          workflowId: embedQuestionIdOf(input.requestId),
          args: [input],
          // A question that no worker takes is nobody's any more.
          workflowExecutionTimeout: CHECK_MS,
        }),
      );
      await connection.withDeadline(Date.now() + QUESTION_MS, () => run.result()).catch(() => undefined);
    },

    async isReachable() {
      try {
        await call(() => connection.workflowService.describeNamespace({ namespace }));
        return true;
      } catch {
        return false;
      }
    },

    close: () => connection.close(),
  };
}

/** Errors that callers tell apart stay; every other one means "not now" or "never". */
function toEngineError(error: unknown): unknown {
  if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError)
    return error;
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return new EngineUnavailable(error);
  const code = grpcCodeOf(error);
  return code !== undefined && REFUSALS.has(code) ? new EngineRefused(error) : new EngineUnavailable(error);
}

function grpcCodeOf(error: unknown): number | undefined {
  if (isGrpcServiceError(error)) return error.code;
  return error instanceof Error && error.cause !== undefined ? grpcCodeOf(error.cause) : undefined;
}
