import { isDeepStrictEqual } from 'node:util';
import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import { Plan } from '#workflows/graph/planSchema.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import type { ForkChange, ForkOrigin } from '../../database/ForkOrigin.ts';
import { Contents } from '../../database/ledger/contents.ts';
import type { EditedAnswer, ForkRule } from '../../database/ledger/reuse/ForkRule.ts';
import { comparePaths, firstGeneration } from '../../database/ledger/reuse/stepPath.ts';
import { CrewVersion } from '../../database/models/CrewVersion.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { storableJson } from '../../database/storableJson.ts';
import { invalid } from '../../errors.ts';
import { readServerTools } from '../../mcpServers/serverTools.ts';
import { checkComplete, checkKnown, compileCrew } from '../compileCrew.ts';
import { applyEdits } from './applyEdits.ts';
import { diffCrews } from './diffCrews.ts';
import { reuseRule } from './forkRule.ts';
import { createLoadPlan, innerPlans } from './innerPlans.ts';
import type { ForkSimulation } from './schema.ts';

/** What a fork is to be, apart from who pays for it and how it is called. */
export type ForkWish = Pick<
  ForkSimulation,
  'atSeq' | 'fromPath' | 'graph' | 'edits' | 'inputs' | 'answers' | 'rerun' | 'sideEffects'
>;

/** A fork with everything decided and nothing written. */
export interface ForkDraft {
  readonly parent: Simulation;
  /** As the parent has it. */
  readonly parentPlan: Plan;
  readonly graph: CrewGraph;
  readonly plan: Plan;
  /** The parent's, when the crew is the same in all that counts. */
  readonly crewVersionId: string | null;
  readonly inputs: Record<string, string>;
  readonly rule: ForkRule;
  readonly origin: ForkOrigin;
  /** Texts that a person gave. */
  readonly contents: Contents;
}

/** Compiles, checks and decides; reads the parent and writes nothing. Refuses what a start would refuse, and more. */
export async function prepareFork(
  { database, defaultModel }: Pick<MemberContext, 'database' | 'defaultModel'>,
  parent: Simulation,
  given: ForkWish,
): Promise<ForkDraft> {
  const wish = storableJson(given);
  if (wish.atSeq !== undefined && wish.fromPath !== undefined)
    throw invalid('fromPath', 'Name a moment or a step, not both.');
  if ((wish.atSeq ?? 0) > parent.lastSeq)
    throw invalid('atSeq', `The simulation has not got further than event ${parent.lastSeq}.`);
  const { version, steps } = await inWorkspace(database, parent.workspaceId, async (transaction) => ({
    version: await readVersion(parent, transaction),
    steps: await readPlaces(database, transaction, parent.id),
  }));

  const graph = applyEdits(wish.graph ?? version.graph, wish.edits ?? {});
  const isSameGraph = isDeepStrictEqual(graph, version.graph);
  const plan = isSameGraph
    ? version.plan
    : compileCrew(graph, {
        defaultModel: modelOf(version) ?? defaultModel,
        tools: await readServerTools({ database }, parent.workspaceId),
      });
  const isSamePlan = isDeepStrictEqual(plan, version.plan);
  const inputs = fillInputs(plan.inputs, parent.inputs, wish.inputs ?? {});
  const contents = new Contents();
  const answers = readAnswers(wish.answers ?? {}, steps, contents);
  checkSteps(steps, wish);

  const made = diffCrews({ graph: version.graph, inputs: parent.inputs }, { graph, inputs });
  const isEdited = !isSamePlan || answers.length > 0 || made.some(({ kind }) => kind === 'input');
  const { atSeq, fromPath, sideEffects } = wish;
  const rerun = wish.rerun ?? [];
  const paths = [...steps.keys()];
  const { lastSeq } = parent;
  const inner = await inWorkspace(database, parent.workspaceId, (transaction) =>
    innerPlans(plan, fromPath ?? '', createLoadPlan(parent.workspaceId, transaction)),
  );
  const named = reuseRule({ plan, lastSeq, atSeq, fromPath, rerun, isEdited, paths, inner });
  // In the parent by what they are, in the fork by where they will be.
  const reuse = {
    ...named,
    rerun: [...new Set(named.rerun.flatMap((path) => [path, firstGeneration(path)]))],
  };
  return {
    parent,
    parentPlan: version.plan,
    graph,
    plan,
    crewVersionId: isSameGraph ? parent.crewVersionId : null,
    inputs,
    rule: { parentId: parent.id, ...reuse, ...(answers.length > 0 && { answers }), sideEffects },
    origin: {
      purpose: 'fork',
      atSeq: atSeq ?? null,
      fromPath: fromPath ?? null,
      sideEffects,
      changes: [
        ...made,
        ...answers.map(({ path }) => atStep('answer', path)),
        ...rerun.map((path) => atStep('rerun', path)),
      ].slice(0, MOST_CHANGES),
      variant: null,
    },
    contents,
  };

  function atStep(kind: 'answer' | 'rerun', path: string): ForkChange {
    const nodeId = steps.get(path) ?? '';
    const node = graph.nodes.find(({ id }) => id === nodeId);
    return { kind, path, nodeId, name: node && node.kind !== 'note' ? node.data.name : '' };
  }
}

const MOST_CHANGES = 100;

interface Version {
  readonly graph: CrewGraph;
  readonly plan: Plan;
}

/** The crew as a simulation has it. */
export async function readVersion(
  { workspaceId, crewVersionId: id }: Simulation,
  transaction: Transaction,
): Promise<Version> {
  const row = await CrewVersion.findOne({ where: { workspaceId, id }, rejectOnEmpty: true, transaction });
  return { graph: CrewGraph.parse(row.graph), plan: Plan.parse(row.plan) };
}

/** The nodes of the parent's steps, by path, in the order in which they began. */
async function readPlaces(
  database: Sequelize,
  transaction: Transaction,
  simulationId: string,
): Promise<ReadonlyMap<string, string>> {
  const select = <T extends object>(sql: string) =>
    database.query<T>(sql, { bind: [simulationId], transaction, type: QueryTypes.SELECT });
  // By the log: steps that were taken over have one and the same time.
  const begun = await select<{ path: string }>(
    `select data ->> 'path' as path from events
     where simulation_id = $1 and type in ('step.started', 'step.reused') order by seq`,
  );
  const rows = await select<{ path: string; nodeId: string }>(
    'select path, node_id as "nodeId" from steps where simulation_id = $1',
  );
  const places = new Map([...new Set(begun.map(({ path }) => path))].map((path, place) => [path, place]));
  const placeOf = (path: string) => places.get(path) ?? places.size;
  const ordered = rows.sort((a, b) => placeOf(a.path) - placeOf(b.path) || comparePaths(a.path, b.path));
  return new Map(ordered.map(({ path, nodeId }) => [path, nodeId]));
}

/** The model that agents of the parent had who named none: another default today is no change of the crew. */
function modelOf({ graph, plan }: Version): string | undefined {
  const unnamed = graph.nodes.flatMap(({ id, ...node }) =>
    node.kind === 'agent' && node.data.model.trim() === '' ? [id] : [],
  );
  return plan.agents.find(({ nodeId }) => unnamed.includes(nodeId))?.model;
}

/** The parent's values, as far as the crew still asks for them, with the given ones in their place. */
function fillInputs(
  names: readonly string[],
  before: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  checkKnown(names, given);
  const values = new Map([...Object.entries(before), ...Object.entries(given)]);
  const inputs = Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = values.get(name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
  checkComplete(names, inputs);
  return inputs;
}

function readAnswers(
  given: Readonly<Record<string, string>>,
  steps: ReadonlyMap<string, string>,
  contents: Contents,
): EditedAnswer[] {
  return Object.entries(given).map(([path, text]) => {
    if (!steps.has(path)) throw invalid(`answers.${path}`, 'The simulation has no such step.');
    // What was decided is not a text: it is decided anew, by somebody.
    if (/\/ask(?:\.\d+)?$/.test(path))
      throw invalid(`answers.${path}`, 'A person decided this: fork before it, and answer anew.');
    return { path: firstGeneration(path), text: contents.add(text), isEmpty: text.trim() === '' };
  });
}

function checkSteps(steps: ReadonlyMap<string, string>, { fromPath, rerun = [] }: ForkWish): void {
  if (fromPath !== undefined && !steps.has(fromPath))
    throw invalid('fromPath', 'The simulation has no such step.');
  const unknown = rerun.findIndex((path) => !steps.has(path));
  if (unknown >= 0) throw invalid(`rerun.${unknown}`, 'The simulation has no such step.');
}
