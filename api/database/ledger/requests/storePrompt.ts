import type { PromptMessage, PromptPart } from '#workflows/prompts/taskPrompt.ts';
import type { Contents } from '../contents.ts';
import type { StoredMessage, StoredText } from '../stored.ts';

/** Where the texts are that a prompt names. */
export interface PromptTexts {
  /** Of the nodes that the task reads, by node id. */
  readonly answers: ReadonlyMap<string, StoredText>;
  /** What a step brought, or what was wrong with it. */
  readonly stepText: (path: string, what?: 'problem') => StoredText;
  readonly contents: Contents;
}

/** Messages as they are stored: new texts go to `contents`, what others said stays where it is. */
export function storePrompt(
  messages: readonly PromptMessage[],
  { answers, stepText, contents }: PromptTexts,
): readonly StoredMessage[] {
  // The words between joined answers come up as often as there are answers.
  const texts = new Map<string, StoredText>();
  const add = (text: string): StoredText => {
    const stored = texts.get(text) ?? contents.add(text);
    texts.set(text, stored);
    return stored;
  };
  const partOf = (part: PromptPart): StoredText => {
    if ('text' in part) return add(part.text);
    return 'answerOf' in part ? answerOf(answers, part.answerOf) : stepText(part.stepAt, part.what);
  };
  return messages.map(({ role, parts }) => ({ role, parts: parts.map(partOf) }));
}

function answerOf(answers: ReadonlyMap<string, StoredText>, nodeId: string): StoredText {
  const answer = answers.get(nodeId);
  if (answer === undefined) throw new Error(`Task ${nodeId} has no answer`);
  return answer;
}
