import { forcedAnswerPrompt, type TaskPrompt, taskPrompt } from '#workflows/prompts/taskPrompt.ts';
import type { Contents } from './contents.ts';
import type { StoredMessage, StoredText } from './stored.ts';

export interface FirstMessages extends TaskPrompt {
  /** Of the tasks that this one reads, by node id. */
  readonly answers: ReadonlyMap<string, StoredText>;
  readonly contents: Contents;
}

/** The first request of a task as it is stored: new texts go to `contents`, answers of others stay where they are. */
export function firstMessages({ answers, contents, ...prompt }: FirstMessages): readonly StoredMessage[] {
  // The words between joined answers come up as often as there are answers.
  const texts = new Map<string, StoredText>();
  const add = (text: string): StoredText => {
    const stored = texts.get(text) ?? contents.add(text);
    texts.set(text, stored);
    return stored;
  };
  return taskPrompt(prompt).map(({ role, parts }) => ({
    role,
    parts: parts.map((part) => ('text' in part ? add(part.text) : answerOf(answers, part.answerOf))),
  }));
}

/** What is added when the rounds of tool calls are used up. */
export const forcedMessages = (contents: Contents): readonly StoredMessage[] => [
  { role: 'user', parts: [contents.add(forcedAnswerPrompt)] },
];

function answerOf(answers: ReadonlyMap<string, StoredText>, nodeId: string): StoredText {
  const answer = answers.get(nodeId);
  if (answer === undefined) throw new Error(`Task ${nodeId} has no answer`);
  return answer;
}
