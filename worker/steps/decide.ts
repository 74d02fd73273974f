import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found } from '#api/database/ledger/claimStep.ts';
import { Contents } from '#api/database/ledger/contents.ts';
import { endedAnswers } from '#api/database/ledger/finalAnswers.ts';
import { decisionHash } from '#api/database/ledger/requestHash.ts';
import { whatIsRead } from '#api/database/ledger/requests/decisionReads.ts';
import type { DecideInput, StepOutcome } from '#workflows/activities.ts';
import { answerKeys } from '#workflows/answerKeys.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { ROOT_SCOPE, roundScope } from '#workflows/names.ts';
import type { LoadPlan } from '../plans.ts';
import { type Decided, type DecisionScene, decide } from './decideWhat.ts';
import { performStep } from './performStep.ts';
import { scopeValues } from './scopeValues.ts';
import type { Prepared, StepDependencies } from './work.ts';

export interface DecideDependencies extends StepDependencies {
  readonly loadPlan: LoadPlan;
}

/** One decision by rules: nobody is asked and nothing is paid, but it is on record like anything else. */
export const createDecide =
  (dependencies: DecideDependencies) =>
  async (input: DecideInput): Promise<StepOutcome> => {
    const plan = await dependencies.loadPlan(input);
    const node =
      plan.controls?.find(({ nodeId }) => nodeId === input.nodeId) ??
      plan.tasks.find(({ nodeId }) => nodeId === input.nodeId);
    if (!node)
      throw ApplicationFailure.nonRetryable(`Node ${input.nodeId} is not in the plan`, 'engine.badPlan');
    const scene = { plan, node, input };
    return performStep(dependencies, input, {
      kind: 'decision',
      read: (transaction) => readAnswers(scene, transaction),
      prepare: (found, answers, transaction) => prepare(dependencies, { scene, found, answers, transaction }),
    });
  };

/** Where a decision reads: after a round, in that round. */
const readScopeOf = ({ scope, nodeId, decision }: DecideInput): string | undefined =>
  decision.kind === 'until' ? roundScope(scope ?? ROOT_SCOPE, nodeId, decision.round) : scope;

/** The answers that the decision looks at. One that is not there, or was not on the way taken, is nothing. */
async function readAnswers(
  { plan, node, input }: DecisionScene,
  transaction: LedgerTransaction,
): Promise<ReadonlyMap<string, string>> {
  const nodes = answerKeys(plan, readScopeOf(input), whatIsRead({ plan, node, decision: input.decision }));
  const ended = await endedAnswers(transaction, {
    simulationId: input.simulationId,
    keys: nodes.map(({ key }) => key),
    riding: input.events,
  });
  return new Map(
    nodes.flatMap(({ nodeId, key }) => {
      const answer = ended.get(key);
      return answer ? [[nodeId, answer.text] as const] : [];
    }),
  );
}

interface Preparing {
  readonly scene: DecisionScene;
  readonly found: Found;
  readonly answers: ReadonlyMap<string, string>;
  readonly transaction: LedgerTransaction;
}

async function prepare(
  { known }: DecideDependencies,
  { scene, found, answers, transaction }: Preparing,
): Promise<Prepared> {
  const { plan, input } = scene;
  const { simulationId, events, decision } = input;
  const reading = { simulationId, scope: readScopeOf(input), plan, inputs: found.inputs, riding: events };
  const values = { ...(await scopeValues(known, reading, transaction)), answers };
  const contents = new Contents();
  const decided = await decide(scene, values, transaction);
  const shown = { decision: decision.kind, ...shortened(answers) };
  return {
    outputFile: null,
    closing: null,
    request: {
      kind: 'decision',
      model: null,
      tool: null,
      request: {
        previousPath: null,
        toolPaths: [],
        added: [],
        tools: [],
        temperature: null,
        maxTokens: null,
        arguments: contents.add(canonicalJson(shown)),
      },
      requestHash: decisionHash(decision.kind, decided.same),
      worstMicros: 0,
      contents,
    },
    perform: async () => performed(decided),
  };
}

const SHOWN = 500;

/** What it looked at, for people: the beginnings. */
const shortened = (answers: ReadonlyMap<string, string>) =>
  answers.size === 0
    ? {}
    : { read: Object.fromEntries([...answers].map(([id, text]) => [id, text.slice(0, SHOWN)])) };

function performed(decided: Decided) {
  if ('failure' in decided)
    throw ApplicationFailure.nonRetryable(decided.failure.message, decided.failure.code);
  return {
    text: decided.text,
    toolCalls: [],
    finishReason: 'stop',
    inputTokens: null,
    outputTokens: null,
    costMicros: 0,
    outcome: decided.outcome,
  };
}
