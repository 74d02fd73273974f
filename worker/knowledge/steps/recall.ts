import type { Embedder } from '#api/database/knowledge/createEmbedder.ts';
import { memoryState, searchMemories } from '#api/database/knowledge/memories.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { lookUpHash } from '#api/database/ledger/requestHash.ts';
import { lookUpQuery } from '#api/database/ledger/requests/lookUpRequests.ts';
import type { LookUpInput, StepOutcome } from '#workflows/activities.ts';
import { memoryBlock } from '#workflows/prompts/memoryPrompts.ts';
import { performStep } from '../../steps/performStep.ts';
import type { Prepared } from '../../steps/work.ts';
import {
  EMPTY_REQUEST,
  embedderOf,
  embedOrNot,
  inputsOf,
  type LookUpDependencies,
  loadScene,
  vectorOf,
  worstEmbeddingMicros,
} from './LookUp.ts';

/** CrewAI's. */
const LIMIT = 5;
/** Rises when the same memories may be told otherwise. */
const VERSION = 1;

/** Before a task: what the crew remembers, for the person who started it, that fits what the task is about. */
export const createRecall =
  (dependencies: LookUpDependencies) =>
  async (input: LookUpInput): Promise<StepOutcome> => {
    const scene = await loadScene(dependencies, input);
    return performStep(dependencies, input, {
      kind: 'memory',
      read: (transaction) =>
        Promise.all([
          memoryState(transaction, input.simulationId),
          embedderOf(dependencies, transaction, input),
        ]),
      prepare: async (found, [state, embedder], transaction) => {
        const inputs = await inputsOf(dependencies, { input, scene, found }, transaction);
        const query = lookUpQuery(scene.task, inputs);
        return prepare(dependencies, { input, found, state, embedder, query });
      },
    });
  };

interface Preparing {
  readonly input: LookUpInput;
  readonly found: Found;
  readonly state: string;
  readonly embedder: Embedder | null;
  readonly query: string;
}

function prepare(
  { ledger }: LookUpDependencies,
  { input, found, state: memories, embedder, query }: Preparing,
): Prepared {
  const { workspaceId, simulationId } = input;
  const contents = new Contents();
  const asked = contents.add(query);
  const model = embedder?.model ?? null;
  // Recency is told from the simulation's clock, which its forks share.
  const state = { memories, clock: found.clock.toISOString() };
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'memory',
      // Chat models alone take turns with their provider.
      model: null,
      tool: null,
      request: { ...EMPTY_REQUEST, arguments: asked, state },
      requestHash: lookUpHash({
        what: 'memory.recall',
        version: VERSION,
        models: [model],
        query: asked,
        state,
      }),
      worstMicros: worstEmbeddingMicros(embedder, query.length),
      contents,
    },
    perform: async ({ signal }) => {
      const hasMemories = memories !== 'empty';
      const embedded = await embedOrNot({ embedder, texts: hasMemories ? [query] : [], signal });
      const embedding = vectorOf(embedded);
      const recalled = hasMemories
        ? await ledger.inWorkspace(workspaceId, (transaction) =>
            searchMemories(transaction, { simulationId, query, embedding, limit: LIMIT }),
          )
        : [];
      return {
        text: memoryBlock(recalled),
        toolCalls: [],
        finishReason: 'stop',
        inputTokens: embedded.inputTokens,
        outputTokens: null,
        costMicros: embedded.costMicros,
        outcome: { kind: 'done' },
      };
    },
  };
}
