import type { AskedQuestion } from '#workflows/simulationState.ts';

/** `Ada decided “Approve”`, `Ada accepted the answer`: what came of a question, without the words that were written. */
export function saidWords({ kind, answer }: Pick<AskedQuestion, 'kind' | 'answer'>, isOver: boolean): string {
  if (!answer) return isOver ? 'Nobody answered before it was over.' : 'Waiting for somebody to answer.';
  const { by, outcome, preview } = answer;
  if (by === null) return `Nobody answered in time: “${outcome ?? ''}” as agreed.`;
  if (outcome !== null) return `${by} decided “${outcome}”`;
  if (kind === 'feedback') return preview === '' ? `${by} accepted the answer` : `${by} wants it otherwise`;
  return `${by} answered`;
}
