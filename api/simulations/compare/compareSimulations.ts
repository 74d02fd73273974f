import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { Plan } from '#workflows/graph/planSchema.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { CrewVersion } from '../../database/models/CrewVersion.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { changesInWords } from '../forks/changesInWords.ts';
import { diffCrews } from '../forks/diffCrews.ts';
import { presentSimulation } from '../present.ts';
import { readStarts, type Start } from '../readStarts.ts';
import { readTotals } from '../readTotals.ts';
import type { Totals } from '../schema.ts';
import { type AlignedStep, alignSteps, type Pair } from './alignSteps.ts';
import type { ComparedPair, Comparison } from './schema.ts';

const ANSWER_LENGTH = 4_000;
const MOST_ANSWERS = 100;

interface StepRow extends AlignedStep {
  readonly kind: NonNullable<ComparedPair['a']>['kind'];
  readonly state: NonNullable<ComparedPair['a']>['state'];
  readonly model: string | null;
  readonly tool: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicros: number | null;
  readonly reusedFrom: string | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** Two simulations of one workspace, step by step, with what made them differ. */
export function compareSimulations(
  { database }: MemberContext,
  rows: { readonly a: Simulation; readonly b: Simulation },
): Promise<Comparison> {
  return inWorkspace(database, rows.a.workspaceId, async (transaction) => {
    const a = await readHalf(database, transaction, rows.a);
    const b = await readHalf(database, transaction, rows.b);
    const pairs = alignSteps(a, b);
    const differing = pairs.filter(({ result }) => result !== 'same');
    const told = new Set(differing.slice(0, MOST_ANSWERS));
    const texts = [...told].flatMap((pair) => [pair.a?.text ?? [], pair.b?.text ?? []].flat());
    const startOf = await readStarts(database, transaction, { texts, length: ANSWER_LENGTH });
    const totalsOf = await readTotals(database, transaction, [rows.a.id, rows.b.id]);
    const changes = diffCrews(a.made, b.made);
    const count = (result: ComparedPair['result']) => pairs.filter((pair) => pair.result === result).length;
    return {
      a: presentSide(rows.a, totalsOf(rows.a.id), a.steps),
      b: presentSide(rows.b, totalsOf(rows.b.id), b.steps),
      changes,
      changed: changesInWords(changes),
      counts: {
        same: count('same'),
        different: count('different'),
        onlyA: count('onlyA'),
        onlyB: count('onlyB'),
      },
      firstDifference: differing[0]?.path ?? null,
      steps: pairs.map((pair) => presentPair(pair, told.has(pair) ? startOf : null)),
    };
  });
}

async function readHalf(database: Sequelize, transaction: Transaction, row: Simulation) {
  const { workspaceId, id, crewVersionId, inputs } = row;
  const version = await CrewVersion.findOne({
    where: { workspaceId, id: crewVersionId },
    rejectOnEmpty: true,
    transaction,
  });
  const steps = await database.query<StepRow>(STEPS, {
    bind: [id],
    transaction,
    type: QueryTypes.SELECT,
  });
  return {
    plan: Plan.parse(version.plan),
    made: { graph: CrewGraph.parse(version.graph), inputs },
    steps,
  };
}

const STEPS = `
select path, node_id as "nodeId", kind, state, model, tool, request_hash as "requestHash",
  is_edited as "isEdited", response -> 'text' as text, input_tokens as "inputTokens",
  output_tokens as "outputTokens", cost_micros as "costMicros", reused_from as "reusedFrom",
  started_at as "startedAt", ended_at as "endedAt"
from steps where simulation_id = $1`;

function presentSide(row: Simulation, totals: Totals, steps: readonly StepRow[]): Comparison['a'] {
  return {
    ...presentSimulation(row, totals),
    durationMs: row.startedAt && row.endedAt ? +row.endedAt - +row.startedAt : null,
    steps: steps.length,
    editedSteps: steps.filter(({ isEdited }) => isEdited).length,
  };
}

type StartOf = ((text: NonNullable<StepRow['text']>) => Start) | null;

function presentPair({ a, b, ...pair }: Pair<StepRow>, startOf: StartOf): ComparedPair {
  const isTold = pair.result !== 'same';
  return { ...pair, a: a && presentStep(a, startOf, isTold), b: b && presentStep(b, startOf, isTold) };
}

function presentStep(step: StepRow, startOf: StartOf, isTold: boolean): NonNullable<ComparedPair['a']> {
  const { state, kind, model, tool, inputTokens, outputTokens, costMicros, reusedFrom, text } = step;
  const start = text && startOf ? startOf(text) : null;
  const isFree = step.reusedFrom !== null || step.isEdited;
  return {
    ...{ state, kind, model, tool, inputTokens, outputTokens, costMicros, reusedFrom },
    durationMs: step.endedAt && !isFree ? +step.endedAt - +step.startedAt : null,
    edited: step.isEdited,
    answer: start?.text ?? null,
    isCut: start?.isCut ?? (isTold && text !== null),
  };
}
