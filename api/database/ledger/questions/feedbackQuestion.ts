import { questionHash } from '../requestHash.ts';
import type { StoredText } from '../stored.ts';

/** What a person is asked about the answer of a task (CrewAI human_input). */
export const FEEDBACK_PROMPT =
  'Is this answer good as it is? If not, say what should change: it is then worked out again.';

export const feedbackHash = (answer: StoredText): string =>
  questionHash({
    kind: 'feedback',
    prompt: { text: FEEDBACK_PROMPT },
    texts: [answer],
    outcomes: [],
    asksForText: true,
  });
