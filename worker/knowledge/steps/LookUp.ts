import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Embedder } from '#api/database/knowledge/createEmbedder.ts';
import { EmbeddingFailed } from '#api/database/knowledge/EmbeddingFailed.ts';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import type { StoredRequest } from '#api/database/ledger/stored.ts';
import type { LookUpInput } from '#workflows/activities.ts';
import { embeddingCostMicros } from '#workflows/catalogue/embeddings.ts';
import type { Plan, PlanAgent, PlanTask } from '#workflows/graph/planSchema.ts';
import type { LoadPlan } from '../../plans.ts';
import { scopeInputs } from '../../steps/scopeValues.ts';
import type { StepDependencies } from '../../steps/work.ts';
import type { Embedders } from '../Embedders.ts';
import { embeddingFailure } from '../toSourceFailure.ts';

export interface LookUpDependencies extends StepDependencies {
  readonly loadPlan: LoadPlan;
  readonly embedders: Embedders;
}

export interface Scene {
  readonly plan: Plan;
  readonly task: PlanTask;
  readonly agent: PlanAgent;
}

/** Whose task it is, out of the frozen plan. */
export async function loadScene({ loadPlan }: LookUpDependencies, input: LookUpInput): Promise<Scene> {
  const plan = await loadPlan(input);
  const task = plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
  const agent = plan.agents.find(({ nodeId }) => nodeId === task?.agentId);
  if (!task || !agent)
    throw ApplicationFailure.nonRetryable(`Task ${input.nodeId} is not in the plan`, 'engine.badPlan');
  return { plan, task, agent };
}

/** What placeholders stand for where the task is done, items of maps and rounds of loops included. */
export const inputsOf = (
  { known }: LookUpDependencies,
  { input, scene: { plan }, found }: { input: LookUpInput; scene: Scene; found: Found },
  transaction: LedgerTransaction,
): Promise<ReadonlyMap<string, string>> => {
  const { simulationId, scope, events: riding } = input;
  return scopeInputs(known, { simulationId, scope, plan, inputs: found.inputs, riding }, transaction);
};

/** Who embeds for this step, read in the transaction that claims it. */
export const embedderOf = (
  { embedders }: LookUpDependencies,
  transaction: LedgerTransaction,
  { workspaceId, simulationId }: LookUpInput,
): Promise<Embedder | null> => embedders.read(transaction, { workspaceId, simulationId });

/** A request without messages. */
export const EMPTY_REQUEST: StoredRequest = {
  previousPath: null,
  toolPaths: [],
  added: [],
  tools: [],
  temperature: null,
  maxTokens: null,
};

interface Vectors {
  readonly model: string;
  readonly vectors: readonly (readonly number[])[];
}

export interface Embedding {
  /** Null when there is no model, or it cannot be had: words have to do. */
  readonly found: Vectors | null;
  readonly inputTokens: number | null;
  readonly costMicros: number | null;
}

const WITHOUT_VECTORS: Embedding = { found: null, inputTokens: null, costMicros: 0 };

/** After as many tries a model that is away is not waited for: words find something, too. */
const PATIENCE = 3;

export interface EmbedOrNot {
  readonly embedder: Embedder | null;
  readonly texts: readonly string[];
  readonly signal: AbortSignal;
  /** False where something was paid for already: then nothing may be thrown. */
  readonly mayWait?: boolean;
}

/** Vectors of texts, or none: what is looked up is worth waiting for a while, and not failing for. */
export async function embedOrNot({
  embedder,
  texts,
  signal,
  mayWait = true,
}: EmbedOrNot): Promise<Embedding> {
  if (!embedder || texts.length === 0) return WITHOUT_VECTORS;
  try {
    const { vectors, inputTokens } = await embedder.embed(texts, signal);
    const costMicros = inputTokens === null ? null : (priceOf(embedder, inputTokens) ?? null);
    return { found: { model: embedder.model, vectors }, inputTokens, costMicros };
  } catch (error) {
    if (!(error instanceof EmbeddingFailed)) {
      if (mayWait) throw error;
      return WITHOUT_VECTORS;
    }
    if (mayWait && error.isRetryable && Context.current().info.attempt < PATIENCE)
      throw embeddingFailure(error);
    return WITHOUT_VECTORS;
  }
}

/** The vector of a single text. */
export const vectorOf = ({ found }: Embedding) =>
  found && { model: found.model, vector: found.vectors[0] ?? [] };

export const worstEmbeddingMicros = (embedder: Embedder | null, characters: number): number =>
  embedder ? (priceOf(embedder, characters) ?? 0) : 0;

/** Micro-dollars; undefined for a model without a known price. */
export const priceOf = ({ pricedAs }: Embedder, tokens: number): number | undefined =>
  pricedAs === null ? undefined : embeddingCostMicros(pricedAs, tokens);
