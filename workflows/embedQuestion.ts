import { proxyActivities } from '@temporalio/workflow';

export interface EmbedQuestionInput {
  readonly workspaceId: string;
  /** Of the row that has the text and takes the vector. */
  readonly requestId: string;
}

export interface QuestionActivities {
  /** Puts a vector beside a text with the workspace's own key, or why there is none. */
  embedText(input: EmbedQuestionInput): Promise<void>;
}

const { embedText } = proxyActivities<QuestionActivities>({
  // Somebody looks at the screen meanwhile; without it words are looked up.
  startToCloseTimeout: '20 seconds',
  scheduleToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumAttempts: 2 },
});

/** Embeds what somebody searches a knowledge base for. A workflow, since nothing but the worker uses keys. */
export async function embedQuestion(input: EmbedQuestionInput): Promise<void> {
  await embedText(input);
}
