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
import type { Embedders } from './Embedders.ts';
import { findReader } from './findReader.ts';
import { embedOrNot, vectorOf } from './steps/LookUp.ts';

export interface KnowledgeToolParts {
  readonly ledger: Ledger;
  readonly embedders: Embedders;
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

function createKnowledgeSearch({ ledger, embedders }: KnowledgeToolParts): Tool {
  return {
    declaration: knowledgeSearch,
    async readState(_args, { transaction, workspaceId, simulationId, nodeId }): Promise<KnowledgeState> {
      const reader = await findReader(transaction, { simulationId, nodeId });
      const bases = reader ? readingsOf(reader.plan, reader.agent).flatMap(({ baseIds }) => baseIds) : [];
      const states = await knowledgeState(transaction, bases);
      const embedder = await embedders.read(transaction, { workspaceId, simulationId });
      return { bases, states, version: KNOWLEDGE_VERSION, model: embedder?.model ?? null };
    },
    async run(args, context) {
      const { query, limit = LIMIT } = knowledgeSearchArguments.parse(args);
      const { bases, model } = context.state as KnowledgeState;
      if (bases.length === 0)
        throw new ToolProblem('You were given no documents to search. Go on with what you know.');
      const embedder = await embedderOf(embedders, context, model);
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

/** Who embeds now, if that is still the model that stands in the request: words find something, too. */
async function embedderOf(
  embedders: Embedders,
  { workspaceId, simulationId }: ToolContext,
  model: string | null,
) {
  const embedder = await embedders.find({ workspaceId, simulationId });
  return embedder?.model === model ? embedder : null;
}

interface MemoryState {
  readonly memories: string;
  readonly model: string | null;
}

/** CrewAI's. */
const MOST_MEMORIES = 20;

function createMemorySearch({ ledger, embedders }: KnowledgeToolParts): Tool {
  return {
    declaration: memorySearch,
    async readState(_args, { transaction, workspaceId, simulationId }): Promise<MemoryState> {
      const memories = await memoryState(transaction, simulationId);
      const embedder = await embedders.read(transaction, { workspaceId, simulationId });
      return { memories, model: embedder?.model ?? null };
    },
    async run(args, context) {
      const { workspaceId, simulationId, signal } = context;
      const { queries } = memorySearchArguments.parse(args);
      const { model } = context.state as MemoryState;
      const embedder = await embedderOf(embedders, context, model);
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

function createMemorySave({ ledger, embedders }: KnowledgeToolParts): Tool {
  return {
    declaration: memorySave,
    async run(args, context) {
      const { contents, importance = USUAL_IMPORTANCE } = memorySaveArguments.parse(args);
      const agent = await roleOf(ledger, context);
      const { workspaceId, simulationId } = context;
      const embedder = await embedders.find({ workspaceId, simulationId });
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
