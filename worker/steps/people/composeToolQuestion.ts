import { Contents } from '#api/database/ledger/contents.ts';
import { preview } from '#api/database/ledger/endStep.ts';
import { toolRequestHash } from '#api/database/ledger/requestHash.ts';
import type { PersonQuestion } from '#workflows/activities.ts';
import { askPersonArguments } from '#workflows/catalogue/personTools.ts';
import { findTool } from '#workflows/catalogue/tools.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { ASK_PERSON } from '#workflows/names.ts';
import { readJson } from '#workflows/prompts/readJson.ts';
import { loadCall } from '../askedCall.ts';
import { type Asking, type Composed, personRequest } from './Asking.ts';

type ToolQuestion = Extract<PersonQuestion, { kind: 'question' }>;

/** What an agent wants to know. Null when it may not ask, or asks nothing that can be read: then its call is a mistake. */
export async function composeToolQuestion(
  { plan, input, transaction }: Asking,
  { askedBy, index }: ToolQuestion,
): Promise<Composed | null> {
  const { simulationId, nodeId } = input;
  const { call, given, offered } = await loadCall({ simulationId, askedBy, index }, transaction);
  const args = askPersonArguments.safeParse(readJson(given));
  if (!args.success || !offered.includes(ASK_PERSON)) return null;
  const { question } = args.data;
  const contents = new Contents();
  return {
    contents,
    question: {
      kind: 'question',
      title: nameOf(plan, nodeId),
      prompt: contents.add(question),
      preview: preview(question),
      context: [],
      outcomes: [],
      asksForText: true,
      about: null,
      deadlineMinutes: null,
      reminderMinutes: null,
      tool: ASK_PERSON,
      request: personRequest(call.arguments, askedBy),
      // As any other call of a tool, so that a fork finds it in the same way.
      requestHash: toolRequestHash({
        tool: call.tool,
        version: findTool(call.tool)?.version ?? null,
        given: call.arguments,
      }),
    },
  };
}

/** Of the task, or of the agent that something was handed on to. */
const nameOf = ({ tasks, agents }: Plan, id: string): string =>
  tasks.find(({ nodeId }) => nodeId === id)?.name ?? agents.find(({ nodeId }) => nodeId === id)?.name ?? '';
