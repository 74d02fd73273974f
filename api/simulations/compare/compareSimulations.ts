import { QueryTypes, type Sequelize } from 'sequelize';
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

/** Two simulations, each read in its own workspace, step by step, with what made them differ. */
export async function compareSimulations(
  { database }: Pick<MemberContext, 'database'>,
  rows: { readonly a: Simulation; readonly b: Simulation },
): Promise<Comparison> {
  const [a, b] = [await readHalf(database, rows.a), await readHalf(database, rows.b)];
  const pairs = alignSteps(a, b);
  const differing = pairs.filter(({ result }) => result !== 'same');
  const told = differing.slice(0, MOST_ANSWERS);
  const starts = {
    a: await readAnswers(
      database,
      rows.a,
      told.map((pair) => pair.a),
    ),
    b: await readAnswers(
      database,
      rows.b,
      told.map((pair) => pair.b),
    ),
  };
  const isTold = new Set(told);
  const changes = diffCrews(a.made, b.made);
  const count = (result: ComparedPair['result']) => pairs.filter((pair) => pair.result === result).length;
  return {
    a: presentSide(rows.a, a),
    b: presentSide(rows.b, b),
    changes,
    changed: changesInWords(changes),
    counts: {
      same: count('same'),
      different: count('different'),
      onlyA: count('onlyA'),
      onlyB: count('onlyB'),
    },
    firstDifference: differing[0]?.path ?? null,
    steps: pairs.map((pair) => presentPair(pair, isTold.has(pair) ? starts : NOTHING_TOLD)),
  };
}

interface Side {
  readonly plan: Plan;
  readonly made: { readonly graph: CrewGraph; readonly inputs: Record<string, string> };
  readonly steps: readonly StepRow[];
  readonly totals: Totals;
}

function readHalf(database: Sequelize, row: Simulation): Promise<Side> {
  const { workspaceId, id, crewVersionId, inputs } = row;
  return inWorkspace(database, workspaceId, async (transaction) => {
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
    const totalsOf = await readTotals(database, transaction, [id]);
    return {
      plan: Plan.parse(version.plan),
      made: { graph: CrewGraph.parse(version.graph), inputs },
      steps,
      totals: totalsOf(id),
    };
  });
}

function readAnswers(
  database: Sequelize,
  { workspaceId }: Simulation,
  steps: readonly (StepRow | null)[],
): Promise<StartOf> {
  const texts = steps.flatMap((step) => step?.text ?? []);
  return inWorkspace(database, workspaceId, (transaction) =>
    readStarts(database, transaction, { texts, length: ANSWER_LENGTH }),
  );
}

const STEPS = `
select path, node_id as "nodeId", kind, state, model, tool, request_hash as "requestHash",
  is_edited as "isEdited", response -> 'text' as text, input_tokens as "inputTokens",
  output_tokens as "outputTokens", cost_micros as "costMicros", reused_from as "reusedFrom",
  started_at as "startedAt", ended_at as "endedAt"
from steps where simulation_id = $1`;

function presentSide(row: Simulation, { totals, steps }: Side): Comparison['a'] {
  return {
    ...presentSimulation(row, totals),
    workspaceId: row.workspaceId,
    durationMs: row.startedAt && row.endedAt ? +row.endedAt - +row.startedAt : null,
    steps: steps.length,
    editedSteps: steps.filter(({ isEdited }) => isEdited).length,
  };
}

type StartOf = (text: NonNullable<StepRow['text']>) => Start;
interface Starts {
  readonly a: StartOf | null;
  readonly b: StartOf | null;
}
const NOTHING_TOLD: Starts = { a: null, b: null };

function presentPair({ a, b, ...pair }: Pair<StepRow>, starts: Starts): ComparedPair {
  const isTold = pair.result !== 'same';
  return { ...pair, a: a && presentStep(a, starts.a, isTold), b: b && presentStep(b, starts.b, isTold) };
}

function presentStep(
  step: StepRow,
  startOf: StartOf | null,
  isTold: boolean,
): NonNullable<ComparedPair['a']> {
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
