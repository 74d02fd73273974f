import type { Embedder } from '#api/database/knowledge/createEmbedder.ts';
import { knowledgeState } from '#api/database/knowledge/knowledgeState.ts';
import { memoryState, searchMemories } from '#api/database/knowledge/memories.ts';
import { KNOWLEDGE_VERSION, readingsOf } from '#api/database/knowledge/readingsOf.ts';
import { searchChunks } from '#api/database/knowledge/searchChunks.ts';
import type { Ledger } from '#api/database/Ledger.ts';
import type { MemoryWrite } from '#api/database/ledger/memoryWrites.ts';
import {
  knowledgeSearch,
  knowledgeSearchArguments,
  memorySave,
  memorySaveArguments,
  memorySearch,
  memorySearchArguments,
} from '#workflows/catalogue/knowledgeTools.ts';
import { type Tool, type ToolContext, ToolProblem } from '../tools/Tool.ts';
import { findReader } from './findReader.ts';
import { embedOrNot, vectorOf } from './steps/LookUp.ts';

export interface KnowledgeToolParts {
  readonly ledger: Ledger;
  readonly embedder: Embedder | null;
}

/** Tools with which agents look things up in documents, and remember. */
export const createKnowledgeTools = (parts: KnowledgeToolParts): readonly Tool[] => [
  createKnowledgeSearch(parts),
  createMemorySearch(parts),
  createMemorySave(parts),
];

interface KnowledgeState {
  readonly bases: readonly string[];
  readonly states: readonly (string | null)[];
  readonly version: number;
  readonly model: string | null;
}

const LIMIT = 5;

function createKnowledgeSearch({ ledger, embedder }: KnowledgeToolParts): Tool {
  return {
    declaration: knowledgeSearch,
    async readState(_args, { transaction, simulationId, nodeId }): Promise<KnowledgeState> {
      const reader = await findReader(transaction, { simulationId, nodeId });
      const bases = reader ? readingsOf(reader.plan, reader.agent).flatMap(({ baseIds }) => baseIds) : [];
      const states = await knowledgeState(transaction, bases);
      return { bases, states, version: KNOWLEDGE_VERSION, model: embedder?.model ?? null };
    },
    async run(args, context) {
      const { query, limit = LIMIT } = knowledgeSearchArguments.parse(args);
      const { bases } = context.state as KnowledgeState;
      if (bases.length === 0)
        throw new ToolProblem('You were given no documents to search. Go on with what you know.');
      const embedding = vectorOf(await embedOrNot({ embedder, texts: [query], signal: context.signal }));
      const passages = await ledger.inWorkspace(context.workspaceId, (transaction) =>
        // An agent that asks reads for itself what fits and what does not.
        searchChunks(transaction, { baseIds: bases, query, embedding, limit, threshold: 0 }),
      );
      if (passages.length === 0) return 'Nothing in the documents fits this query. Try other words.';
      return passages
        .map(
          ({ source, number, score, text }) =>
            `[${source}, passage ${number}, score ${score.toFixed(2)}]\n${text}`,
        )
        .join('\n\n');
    },
  };
}

/** CrewAI's. */
const MOST_MEMORIES = 20;

function createMemorySearch({ ledger, embedder }: KnowledgeToolParts): Tool {
  return {
    declaration: memorySearch,
    readState: async (_args, { transaction, simulationId }) => ({
      memories: await memoryState(transaction, simulationId),
      model: embedder?.model ?? null,
    }),
    async run(args, { workspaceId, simulationId, signal }) {
      const { queries } = memorySearchArguments.parse(args);
      const { found } = await embedOrNot({ embedder, texts: queries, signal });
      const lists = await ledger.inWorkspace(workspaceId, (transaction) =>
        Promise.all(
          queries.map((query, place) => {
            const vector = found?.vectors[place];
            const embedding = found && vector ? { model: found.model, vector } : null;
            return searchMemories(transaction, { simulationId, query, embedding, limit: MOST_MEMORIES });
          }),
        ),
      );
      const memories = [...new Map(lists.flat().map((memory) => [memory.id, memory])).values()];
      if (memories.length === 0) return 'Nothing about this is remembered.';
      return memories.map(({ text, score }) => `- (score=${score.toFixed(2)}) ${text}`).join('\n');
    },
  };
}

const USUAL_IMPORTANCE = 0.5;

function createMemorySave({ ledger, embedder }: KnowledgeToolParts): Tool {
  return {
    declaration: memorySave,
    async run(args, context) {
      const { contents, importance = USUAL_IMPORTANCE } = memorySaveArguments.parse(args);
      const agent = await roleOf(ledger, context);
      const { found } = await embedOrNot({ embedder, texts: contents, signal: context.signal });
      const writes = contents.map((text, place): MemoryWrite => {
        const vector = found?.vectors[place];
        const embedding = found && vector ? { model: found.model, vector } : null;
        return { kind: 'memory', text, agent, importance, embedding };
      });
      return { text: `Remembered: ${contents.length} of ${contents.length}.`, writes };
    },
  };
}

async function roleOf(ledger: Ledger, { workspaceId, simulationId, nodeId }: ToolContext): Promise<string> {
  const reader = await ledger.inWorkspace(workspaceId, (transaction) =>
    findReader(transaction, { simulationId, nodeId }),
  );
  return reader?.agent.role ?? '';
}
