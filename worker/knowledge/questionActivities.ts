import { EmbeddingFailed } from '#api/database/knowledge/EmbeddingFailed.ts';
import type { Ledger } from '#api/database/Ledger.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { QuestionActivities } from '#workflows/embedQuestion.ts';
import type { Embedders } from './Embedders.ts';
import { requireNotStopped } from './requireNotStopped.ts';
import { toSourceFailure } from './toSourceFailure.ts';

export interface QuestionDependencies {
  readonly ledger: Ledger;
  readonly embedders: Embedders;
}

/** As long as somebody waits for it. */
const PATIENCE_MS = 15_000;

/** Embeds questions that people try on a knowledge base. What the model says against it is kept, not thrown. */
export function createQuestionActivities({ ledger, embedders }: QuestionDependencies): QuestionActivities {
  return {
    async embedText({ workspaceId, requestId }) {
      try {
        await requireNotStopped(ledger, workspaceId);
        const [row] = await ledger.inWorkspace(workspaceId, (transaction) =>
          transaction.run<{ text: string }>(TEXT, [requestId]),
        );
        const embedder = row && (await embedders.find({ workspaceId, knowledgeOf: requestId }));
        if (!embedder) return;
        const answer = await embedder
          .embed([row.text], AbortSignal.timeout(PATIENCE_MS))
          .then(({ vectors }) => [vectors[0] ?? null, embedder.model, null])
          .catch((error: unknown) => {
            if (!(error instanceof EmbeddingFailed)) throw error;
            return [null, null, error.message];
          });
        await ledger.inWorkspace(workspaceId, (transaction) =>
          transaction.run(ANSWER, [requestId, ...answer]),
        );
      } catch (error) {
        throw toSourceFailure(error);
      }
    },
  };
}

const TEXT: PreparedStatement = {
  name: 'embeddingRequests.text',
  text: 'select text from embedding_requests where id = $1',
};

const ANSWER: PreparedStatement = {
  name: 'embeddingRequests.answer',
  text: 'update embedding_requests set embedding = $2::real[], embedding_model = $3, failure = $4 where id = $1',
};
