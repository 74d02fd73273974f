import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Embedder } from '#api/database/knowledge/createEmbedder.ts';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { MOST_ATTEMPTS } from '#api/database/ledger/claimStep.ts';
import { Contents, loadTexts } from '#api/database/ledger/contents.ts';
import type { MemoryWrite } from '#api/database/ledger/memoryWrites.ts';
import { lookUpHash } from '#api/database/ledger/requestHash.ts';
import { rememberPrompt } from '#api/database/ledger/requests/lookUpRequests.ts';
import type { StoredMessage, StoredResponse, StoredText } from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { RememberInput, StepOutcome } from '#workflows/activities.ts';
import { splitModel } from '#workflows/catalogue/models.ts';
import { costMicros, worstCostMicros } from '#workflows/catalogue/prices.ts';
import { fillPlaceholders } from '#workflows/graph/inputs.ts';
import { readStatements, type Statement } from '#workflows/prompts/memoryPrompts.ts';
import type { ModelAnswer } from '../../models/ModelClient.ts';
import { toFailure } from '../../models/toFailure.ts';
import { performStep } from '../../steps/performStep.ts';
import type { Performed, Prepared } from '../../steps/work.ts';
import {
  EMPTY_REQUEST,
  embedderOf,
  embedOrNot,
  inputsOf,
  type LookUpDependencies,
  loadScene,
  type Scene,
  worstEmbeddingMicros,
} from './LookUp.ts';

/** Eight statements, and room for a model that thinks first. */
const MOST_TOKENS = 2_000;
const VERSION = 1;
/** A stand-in has nothing to say about an answer: its beginning is kept as it is. */
const MOST_KEPT_AS_IS = 600;

/**
 * After a task: a model takes out of its answer what is worth knowing later, as single statements, and they are kept for
 * this crew and this person. Since the task is done, a model that does not answer costs the memory and not the task.
 */
export const createRemember =
  (dependencies: LookUpDependencies) =>
  async (input: RememberInput): Promise<StepOutcome> => {
    const scene = await loadScene(dependencies, input);
    return performStep(dependencies, input, {
      kind: 'memory',
      read: (transaction) =>
        Promise.all([readAnswer(transaction, input), embedderOf(dependencies, transaction, input)]),
      prepare: async (found, [answer, embedder], transaction) => {
        const inputs = await inputsOf(dependencies, { input, scene, found }, transaction);
        return prepare(dependencies, { input, scene, inputs, answer, embedder });
      },
    });
  };

interface TaskAnswer {
  readonly stored: StoredText;
  readonly text: string;
}

async function readAnswer(
  transaction: LedgerTransaction,
  { simulationId, answerPath }: RememberInput,
): Promise<TaskAnswer> {
  const [row] = await transaction.run<{ response: StoredResponse }>(ANSWER, [simulationId, answerPath]);
  if (!row) throw new Error(`${answerPath} is not in the ledger`);
  const { text: stored } = row.response;
  const textOf = await loadTexts(transaction, [stored]);
  return { stored, text: textOf(stored) };
}

const ANSWER: PreparedStatement = {
  name: 'steps.answer',
  text: `select response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};

interface Preparing {
  readonly input: RememberInput;
  readonly scene: Scene;
  readonly inputs: ReadonlyMap<string, string>;
  readonly answer: TaskAnswer;
  readonly embedder: Embedder | null;
}

function prepare(
  dependencies: LookUpDependencies,
  { input, scene, inputs, answer, embedder }: Preparing,
): Prepared {
  const { agent } = scene;
  const contents = new Contents();
  const prompt = rememberPrompt({ ...scene, inputs });
  const added: readonly StoredMessage[] = [
    { role: 'system', parts: [contents.add(prompt.system)] },
    { role: 'user', parts: [contents.add(prompt.before), answer.stored, contents.add(prompt.after)] },
  ];
  const asked = `${prompt.before}${answer.text}${prompt.after}`;
  const characters = prompt.system.length + asked.length;
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'memory',
      model: agent.model,
      tool: null,
      request: { ...EMPTY_REQUEST, added, maxTokens: MOST_TOKENS },
      requestHash: lookUpHash({
        what: 'memory.save',
        version: VERSION,
        models: [agent.model, embedder?.model ?? null],
        added,
      }),
      worstMicros:
        (worstCostMicros(agent.model, characters, MOST_TOKENS) ?? 0) +
        worstEmbeddingMicros(embedder, MOST_TOKENS),
      contents,
    },
    perform: async ({ signal }) => {
      if (splitModel(agent.model)?.provider === 'demo')
        return keep({
          scene,
          inputs,
          embedder,
          signal,
          said: null,
          statements: asIs(scene, answer.text),
        });
      const said = await ask(dependencies, { input, scene, system: prompt.system, asked, signal });
      if (said === null) return nothing('The model did not answer, so nothing was remembered.');
      return keep({ scene, inputs, embedder, signal, said, statements: readStatements(said.text) });
    },
  };
}

const asIs = ({ task }: Scene, text: string): readonly Statement[] =>
  text.trim() === ''
    ? []
    : [{ text: `${task.name}: ${text.slice(0, MOST_KEPT_AS_IS).trim()}`, importance: 0.5 }];

interface Asking {
  readonly input: RememberInput;
  readonly scene: Scene;
  readonly system: string;
  readonly asked: string;
  readonly signal: AbortSignal;
}

/** Null when it will not answer. */
async function ask(
  { models }: LookUpDependencies,
  { input, scene: { agent }, system, asked, signal }: Asking,
): Promise<ModelAnswer | null> {
  const { provider, model } = splitModel(agent.model) ?? { provider: 'unknown', model: agent.model };
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: asked },
  ] as const;
  const parameters = { maxTokens: MOST_TOKENS };
  try {
    const client = await models.clientFor(input, agent.model);
    return await client.stream(
      { model, messages, tools: [], parameters },
      { signal, onDelta: () => undefined },
    );
  } catch (error) {
    const failure = toFailure(error, { provider, model });
    const isRefused = failure instanceof ApplicationFailure && failure.nonRetryable === true;
    if (isRefused || Context.current().info.attempt >= MOST_ATTEMPTS) return null;
    throw failure;
  }
}

interface Keeping extends Pick<Preparing, 'scene' | 'inputs' | 'embedder'> {
  readonly signal: AbortSignal;
  readonly said: ModelAnswer | null;
  readonly statements: readonly Statement[];
}

async function keep({
  scene: { agent },
  inputs,
  embedder,
  signal,
  said,
  statements,
}: Keeping): Promise<Performed> {
  const { usage = null } = said ?? {};
  const texts = statements.map(({ text }) => text);
  const embedded = await embedOrNot({ embedder, texts, signal, mayWait: said === null });
  const role = fillPlaceholders(agent.role, inputs);
  const writes = statements.map(({ text, importance }, place): MemoryWrite => {
    const vector = embedded.found?.vectors[place];
    const embedding = embedded.found && vector ? { model: embedded.found.model, vector } : null;
    return { kind: 'memory', text, agent: role, importance, embedding };
  });
  const price = said ? costMicros(agent.model, usage) : 0;
  return {
    ...nothing(statements.map(({ text }) => `- ${text}`).join('\n') || 'There was nothing to remember.'),
    inputTokens: sum(usage?.inputTokens ?? null, embedded.inputTokens),
    outputTokens: usage?.outputTokens ?? null,
    costMicros: price === undefined ? null : sum(price, embedded.costMicros),
    writes,
  };
}

const sum = (a: number | null, b: number | null): number | null =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);

const nothing = (text: string): Performed => ({
  text,
  toolCalls: [],
  finishReason: 'stop',
  inputTokens: null,
  outputTokens: null,
  costMicros: 0,
  outcome: { kind: 'done' },
});
