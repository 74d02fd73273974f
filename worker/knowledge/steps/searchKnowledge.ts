import type { Embedder } from '#api/database/knowledge/createEmbedder.ts';
import { knowledgeState } from '#api/database/knowledge/knowledgeState.ts';
import { KNOWLEDGE_VERSION, type Reading, readingsOf } from '#api/database/knowledge/readingsOf.ts';
import { searchChunks } from '#api/database/knowledge/searchChunks.ts';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { lookUpHash } from '#api/database/ledger/requestHash.ts';
import { lookUpQuery } from '#api/database/ledger/requests/lookUpRequests.ts';
import type { LookUpInput, StepOutcome } from '#workflows/activities.ts';
import { knowledgeBlock } from '#workflows/prompts/memoryPrompts.ts';
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

/** Before a task: the passages of its agent's and its crew's knowledge bases that fit what it is about. */
export const createSearchKnowledge =
  (dependencies: LookUpDependencies) =>
  async (input: LookUpInput): Promise<StepOutcome> => {
    const scene = await loadScene(dependencies, input);
    const readings = readingsOf(scene.plan, scene.agent);
    return performStep(dependencies, input, {
      kind: 'knowledge',
      read: (transaction) =>
        Promise.all([readStates(transaction, readings), embedderOf(dependencies, transaction, input)]),
      prepare: async (found, [states, embedder], transaction) => {
        const inputs = await inputsOf(dependencies, { input, scene, found }, transaction);
        const query = lookUpQuery(scene.task, inputs);
        return prepare(dependencies, { input, readings, states, embedder, query });
      },
    });
  };

type States = Awaited<ReturnType<typeof knowledgeState>>;

const readStates = (
  transaction: LedgerTransaction,
  readings: readonly Reading[],
): Promise<readonly States[]> =>
  Promise.all(readings.map(({ baseIds }) => knowledgeState(transaction, baseIds)));

interface Preparing {
  readonly input: LookUpInput;
  readonly readings: readonly Reading[];
  readonly states: readonly States[];
  readonly embedder: Embedder | null;
  readonly query: string;
}

function prepare(
  { ledger }: LookUpDependencies,
  { input, readings, states, embedder, query }: Preparing,
): Prepared {
  const contents = new Contents();
  const asked = contents.add(query);
  const state = readings.map(({ limit, threshold }, at) => ({ bases: states[at] ?? [], limit, threshold }));
  const model = embedder?.model ?? null;
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'knowledge',
      // Chat models alone take turns with their provider.
      model: null,
      tool: null,
      request: { ...EMPTY_REQUEST, arguments: asked, state },
      requestHash: lookUpHash({
        what: 'knowledge',
        version: KNOWLEDGE_VERSION,
        models: [model],
        query: asked,
        state,
      }),
      worstMicros: worstEmbeddingMicros(embedder, query.length),
      contents,
    },
    perform: async ({ signal }) => {
      const embedded = await embedOrNot({ embedder, texts: [query], signal });
      const embedding = vectorOf(embedded);
      const found = await ledger.inWorkspace(input.workspaceId, (transaction) =>
        Promise.all(readings.map((reading) => searchChunks(transaction, { ...reading, query, embedding }))),
      );
      return {
        text: knowledgeBlock(found.flat()),
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
