import { observationPrompt } from '#workflows/prompts/textTools.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { type Contents, loadTexts } from './contents.ts';
import type { Exchange } from './requestHash.ts';
import type { StoredRequest, StoredResponse, StoredText } from './stored.ts';

/** A message in full, as a model gets it. A tool message names the step that made it. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly toolCalls?: readonly MessageToolCall[];
  readonly toolCallId?: string;
}

interface MessageToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
  /** The step that ran it. */
  readonly path: string;
}

/** The request of a step that may not be stored yet: where it continues from, and what it adds. */
type Continuation = Pick<StoredRequest, 'previousPath' | 'toolPaths' | 'added' | 'inText'>;

interface StepRow {
  readonly path: string;
  readonly request_hash: string;
  readonly request: StoredRequest;
  readonly response: StoredResponse | null;
}

export interface LoadConversation {
  readonly simulationId: string;
  readonly continuation: Continuation;
  /** Texts of a request that is not written yet. */
  readonly known?: Contents;
}

/**
 * The messages of a request, oldest first: those of the step before it, that step's answer, the results of its tool
 * calls, and what is added. Rows hold references; everything is read in two queries however long it is.
 */
export async function loadConversation(
  transaction: AnyTransaction,
  { simulationId, continuation, known }: LoadConversation,
): Promise<Conversation> {
  const rows = await earlierSteps(transaction, { simulationId, continuation });
  const chain = chainOf(rows, continuation);
  const textOf = await loadTexts(transaction, textsOf(rows, chain), known);
  const messages: Message[] = [];
  for (const { before, added, inText } of chain) {
    if (before) messages.push(...(inText ? exchangeInText : exchange)(before, rows, textOf));
    for (const { role, parts } of added) messages.push({ role, content: parts.map(textOf).join('') });
  }
  return { messages, previous: chain.at(-1)?.before ? exchangeOf(rows, continuation) : null };
}

export interface Conversation {
  readonly messages: readonly Message[];
  readonly previous: Exchange | null;
}

function exchangeOf(rows: ReadonlyMap<string, StepRow>, { previousPath, toolPaths }: Continuation): Exchange {
  const step = stepAt(rows, previousPath ?? '');
  return {
    requestHash: step.request_hash,
    response: responseOf(step),
    results: toolPaths.map((path) => responseOf(stepAt(rows, path)).text),
  };
}

interface Link {
  readonly before: { readonly step: StepRow; readonly toolPaths: readonly string[] } | null;
  readonly added: StoredRequest['added'];
  readonly inText: boolean;
}

async function earlierSteps(
  transaction: AnyTransaction,
  { simulationId, continuation: { previousPath, toolPaths } }: LoadConversation,
): Promise<ReadonlyMap<string, StepRow>> {
  if (previousPath === null) return new Map();
  const rows = await runPrepared<StepRow>(transaction, EARLIER, [simulationId, previousPath, toolPaths]);
  return new Map(rows.map((row) => [row.path, row]));
}

/** From the first request to this one. */
function chainOf(rows: ReadonlyMap<string, StepRow>, last: Continuation): readonly Link[] {
  const chain: Link[] = [];
  let at: Continuation | null = last;
  while (at) {
    const step: StepRow | null = at.previousPath === null ? null : stepAt(rows, at.previousPath);
    const { toolPaths, added, inText = false } = at;
    chain.push({ before: step && { step, toolPaths }, added, inText });
    at = step ? step.request : null;
  }
  return chain.reverse();
}

function* textsOf(rows: ReadonlyMap<string, StepRow>, chain: readonly Link[]): Iterable<StoredText> {
  for (const { added } of chain) for (const message of added) yield* message.parts;
  for (const { response } of rows.values()) {
    if (!response) continue;
    yield response.said ?? response.text;
    for (const call of response.toolCalls) yield call.arguments;
  }
}

/** What the step before answered, and what the tools it asked for gave back. */
function exchange(
  { step, toolPaths }: NonNullable<Link['before']>,
  rows: ReadonlyMap<string, StepRow>,
  textOf: (text: StoredText) => string,
): readonly Message[] {
  const { text, said = text, toolCalls } = responseOf(step);
  const calls = toolCalls.map((call, at): MessageToolCall => {
    const path = toolPaths[at];
    if (path === undefined) throw new Error(`Tool call ${at} of ${step.path} has no step`);
    return { id: call.id, name: call.tool, arguments: textOf(call.arguments), path };
  });
  return [
    { role: 'assistant', content: textOf(said), toolCalls: calls },
    ...calls.map(
      ({ id, path }): Message => ({
        role: 'tool',
        content: textOf(responseOf(stepAt(rows, path)).text),
        toolCallId: id,
      }),
    ),
  ];
}

/** Of a model that asks for tools in words: it is told the result as one tells a person. */
function exchangeInText(
  { step, toolPaths }: NonNullable<Link['before']>,
  rows: ReadonlyMap<string, StepRow>,
  textOf: (text: StoredText) => string,
): readonly Message[] {
  const { text, said = text } = responseOf(step);
  const results = toolPaths.map((path) => textOf(responseOf(stepAt(rows, path)).text));
  return [
    { role: 'assistant', content: textOf(said) },
    ...results.map((result): Message => ({ role: 'user', content: observationPrompt(result) })),
  ];
}

function stepAt(rows: ReadonlyMap<string, StepRow>, path: string): StepRow {
  const row = rows.get(path);
  if (!row) throw new Error(`Step ${path} is not in the ledger`);
  return row;
}

function responseOf({ path, response }: StepRow): StoredResponse {
  if (!response) throw new Error(`Step ${path} has no answer`);
  return response;
}

/** Each step by its path, from the last to the first: other items of a map, and other rounds, are not looked at. */
const EARLIER: PreparedStatement = {
  name: 'conversation.select',
  text: `
with recursive chain as (
  select path, request from steps where simulation_id = $1 and path = $2
  union all
  select steps.path, steps.request
  from chain join steps on steps.simulation_id = $1 and steps.path = chain.request ->> 'previousPath'
), tools as (
  select jsonb_array_elements_text(request -> 'toolPaths') as path from chain
  union all
  select unnest($3::text[])
)
select path, request_hash, request, response from steps
where simulation_id = $1 and state = 'completed'
  and path = any (array(select path from chain union all select path from tools))`,
};
