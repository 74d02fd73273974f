import type { Asking, Composed } from './Asking.ts';
import { composeApproval } from './composeApproval.ts';
import { composeFeedback } from './composeFeedback.ts';
import { composeToolQuestion } from './composeToolQuestion.ts';

/** What people are asked, from what is on record. Null for a call of a model that asks nothing. */
export function composeQuestion(asking: Asking): Promise<Composed | null> {
  const { question } = asking.input;
  switch (question.kind) {
    case 'approval':
      return composeApproval(asking);
    case 'feedback':
      return composeFeedback(asking, question.of);
    case 'question':
      return composeToolQuestion(asking, question);
  }
}
