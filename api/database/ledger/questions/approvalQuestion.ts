import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import type { PlanControlOf } from '#workflows/graph/planSchema.ts';
import type { Contents } from '../contents.ts';
import { questionHash } from '../requestHash.ts';
import type { StoredText } from '../stored.ts';

export interface AskApproval {
  readonly node: PlanControlOf<'approval'>;
  readonly inputs: ReadonlyMap<string, string>;
  /** What is read before it is decided. */
  readonly texts: readonly StoredText[];
  readonly contents: Contents;
}

/** What an approval asks, inputs filled in, and by what a fork finds what was decided. */
export function approvalQuestion({ node, inputs, texts, contents }: AskApproval): {
  readonly text: string;
  readonly prompt: StoredText;
  readonly requestHash: string;
} {
  const { outcomes, asksForText } = node;
  const text = fillPlaceholders(node.question, inputs).trim();
  const prompt = contents.add(text);
  return {
    text,
    prompt,
    requestHash: questionHash({ kind: 'approval', prompt, texts, outcomes, asksForText }),
  };
}
