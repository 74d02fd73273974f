import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { blockAnswers } from '#api/database/ledger/blockAnswers.ts';
import { loadTexts } from '#api/database/ledger/contents.ts';
import type { StoredResponse } from '#api/database/ledger/stored.ts';
import type { PreparedStatement } from '#api/database/prepared.ts';
import type { StepOutcome } from '#workflows/activities.ts';
import { placeholdersOf } from '#workflows/graph/evaluateRule.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import { parseJson, type RuleValues } from '#workflows/graph/ruleValues.ts';
import { ROOT_SCOPE, readInnerScope, roundScope, scopesAround, stepPath } from '#workflows/names.ts';
import type { Known } from './Known.ts';

/** What is given in a scope, whatever the nodes in it answered. */
export type ScopeValues = Omit<RuleValues, 'answers' | 'output'>;

export interface ReadScope {
  readonly simulationId: string;
  /** Absent at the top. */
  readonly scope: string | undefined;
  /** Of the crew that the scope belongs to. */
  readonly plan: Plan;
  /** Of the simulation. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Events that ride on the step that reads. */
  readonly riding: readonly NewEvent[];
}

/** What the placeholders of texts stand for in a scope. */
export async function scopeInputs(
  known: Known,
  reading: ReadScope,
  transaction: LedgerTransaction,
): Promise<ReadonlyMap<string, string>> {
  return placeholdersOf(await scopeValues(known, reading, transaction));
}

/**
 * The inputs of the crew, and inside maps and loops what is being done there: read from the ledger by the path of the
 * scope, so that none of it is in Temporal's history.
 */
export async function scopeValues(
  known: Known,
  reading: ReadScope,
  transaction: LedgerTransaction,
): Promise<ScopeValues> {
  const around = scopesAround(reading.scope ?? ROOT_SCOPE).toReversed();
  const [crew] = around;
  let values: ScopeValues = { inputs: await crewInputs(known, reading, transaction, crew?.scope) };
  for (const { scope } of around.slice(1))
    values = { ...values, ...(await valuesIn(known, { ...reading, scope }, transaction)) };
  return values;
}

/** A sub-crew knows what it was given, and nothing of the crew around it. */
async function crewInputs(
  known: Known,
  { simulationId, inputs }: ReadScope,
  transaction: LedgerTransaction,
  crewScope: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const inner = readInnerScope(crewScope ?? ROOT_SCOPE);
  if (!inner) return new Map(Object.entries(inputs));
  const path = stepPath(inner.outer, inner.nodeId, 'inputs');
  const { value } = await decision(known, { simulationId, path }, transaction);
  const given = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(given.map(([name, text]): [string, string] => [name, String(text)]));
}

/** What one map or loop gives its inside. */
async function valuesIn(
  known: Known,
  { simulationId, scope, plan, riding }: ReadScope & { readonly scope: string },
  transaction: LedgerTransaction,
): Promise<Partial<ScopeValues>> {
  const inner = readInnerScope(scope);
  if (!inner) return {};
  const { outer, nodeId, kind, name } = inner;
  if (kind === 'item') {
    const path = stepPath(outer, nodeId, 'items');
    const { value, places } = await decision(known, { simulationId, path }, transaction);
    const place = places.get(name);
    if (place === undefined || !Array.isArray(value)) throw new Error(`Map ${path} has no item ${name}`);
    return { item: value[place], index: place + 1 };
  }
  const round = Number(name);
  if (round === 1) return { round, previous: '' };
  const scopes = [roundScope(outer, nodeId, round - 1)];
  const [before] = await blockAnswers(transaction, { simulationId, plan, blockId: nodeId, scopes, riding });
  return { round, previous: before?.text ?? '' };
}

/** What a decision gave, taken apart. */
export interface ReadDecision {
  readonly value: unknown;
  /** Of a map: where each item stands in the list. */
  readonly places: ReadonlyMap<string, number>;
}

async function decision(
  known: Known,
  { simulationId, path }: { readonly simulationId: string; readonly path: string },
  transaction: LedgerTransaction,
): Promise<ReadDecision> {
  const before = known.decisionOf(simulationId, path);
  if (before) return before;
  const [row] = await transaction.run<{ outcome: StepOutcome; response: StoredResponse }>(DECISION, [
    simulationId,
    path,
  ]);
  if (!row) throw new Error(`Decision ${path} is not in the ledger`);
  const text = (await loadTexts(transaction, [row.response.text]))(row.response.text);
  const keys = row.outcome.kind === 'items' ? row.outcome.keys : [];
  const read = { value: parseJson(text), places: new Map(keys.map((key, place) => [key, place])) };
  known.keepDecision(simulationId, path, read, text.length);
  return read;
}

const DECISION: PreparedStatement = {
  name: 'steps.decision',
  text: `select outcome, response from steps where simulation_id = $1 and path = $2 and state = 'completed'`,
};
