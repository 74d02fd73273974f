import type { Guardrail } from '../graph/nodes/task.ts';
import type { Because } from './asks.ts';
import { ruleInWords } from './ruleInWords.ts';
import type { PromptPart } from './taskPrompt.ts';

interface Told {
  readonly because: Because;
  readonly guardrails: readonly Guardrail[];
  readonly fill: (text: string) => string;
}

/** What an agent is told when it is asked again, in the conversation that it has. */
export function becausePrompt({ because, guardrails, fill }: Told): readonly PromptPart[] {
  switch (because.kind) {
    case 'cutOff':
      return [{ text: GO_ON }];
    case 'guardrail':
      return [
        { text: 'Your answer was checked and does not pass:\n' },
        guardrailProblem(because, guardrails, fill),
        { text: '\n\nGive the whole answer again, so that it passes.' },
      ];
    case 'person':
      return [
        { text: 'A person has read your answer and says:\n' },
        { stepAt: because.at },
        { text: '\n\nGive the whole answer again, better by this. No comment on what you changed.' },
      ];
    case 'summaries':
      return summariesPrompt(because.at);
  }
}

const GO_ON =
  'Your answer was cut off. Go on exactly where it ended: do not repeat anything, and say nothing about it.';

/** CrewAI's retry: the error and the answer take the place of what the task reads. */
export const retryAnewPrompt = (
  because: Extract<Because, { kind: 'guardrail' }>,
  insteadOf: string,
  { guardrails, fill }: Omit<Told, 'because'>,
): readonly PromptPart[] => [
  { text: '### The answer before did not pass:\n' },
  guardrailProblem(because, guardrails, fill),
  { text: '\n\n### The answer before:\n' },
  { stepAt: insteadOf },
  { text: '\n\nTry again, so that it passes.' },
];

function guardrailProblem(
  { guardrail: index, judgedAt }: Extract<Because, { kind: 'guardrail' }>,
  guardrails: readonly Guardrail[],
  fill: (text: string) => string,
): PromptPart {
  if (judgedAt !== null) return { stepAt: judgedAt };
  const guardrail = guardrails[index];
  if (guardrail?.kind !== 'rule') throw new Error(`Guardrail ${index} is no rule`);
  return { text: fill(guardrail.message) || `This does not hold: ${ruleInWords(guardrail.rule, fill)}` };
}

/** At the end of a conversation that begins anew. */
export const summariesPrompt = (at: readonly string[]): readonly PromptPart[] => [
  { text: '\n\nWhat was read and done so far was too long and is summed up here. Go on from it:\n' },
  ...at.flatMap((stepAt): PromptPart[] => [{ text: '\n' }, { stepAt }, { text: '\n' }]),
];
