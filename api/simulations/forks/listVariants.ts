import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { readStepPath } from '../../database/ledger/reuse/stepPath.ts';
import type { StoredText } from '../../database/ledger/stored.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { presentSimulation } from '../present.ts';
import { readStarts } from '../readStarts.ts';
import { readTotals } from '../readTotals.ts';
import { changesInWords } from './changesInWords.ts';
import { findVariants } from './findVariants.ts';
import type { ListVariants, VariantList, VariantView } from './schema.ts';

const ANSWER_LENGTH = 20_000;

/** Variants side by side with what the simulation itself has at that place. */
export async function listVariants(
  context: MemberContext,
  parent: Simulation,
  { path }: z.infer<typeof ListVariants>,
): Promise<VariantList> {
  const { database } = context;
  const nodeId = path === undefined ? null : (readStepPath(path)?.nodeId ?? path);
  const variants = (await findVariants(context, parent)).filter(
    ({ variant }) => nodeId === null || readStepPath(variant.path)?.nodeId === nodeId,
  );
  const ids = variants.map(({ row }) => row.id);
  return inWorkspace(database, parent.workspaceId, async (transaction) => {
    const tasks = new Map(
      variants.map(({ row, variant }) => [row.id, readStepPath(variant.path)?.nodeId ?? '']),
    );
    if (nodeId !== null) tasks.set(parent.id, nodeId);
    const answers = await readAnswers(database, transaction, tasks);
    const totalsOf = await readTotals(database, transaction, ids);
    const texts = [...answers.values()].map(({ text }) => text);
    const startOf = await readStarts(database, transaction, { texts, length: ANSWER_LENGTH });
    const answerOf = (id: string) => {
      const answer = answers.get(id);
      return { model: answer?.model ?? null, answer: answer ? startOf(answer.text).text : null };
    };
    return {
      original:
        path === undefined ? null : { path: answers.get(parent.id)?.path ?? path, ...answerOf(parent.id) },
      items: variants.map(
        ({ row, origin, variant }): VariantView => ({
          ...presentSimulation(row, totalsOf(row.id)),
          ...variant,
          ...answerOf(row.id),
          changes: origin.changes,
          changed: changesInWords(origin.changes),
          continuedIn: row.continuedIn,
        }),
      ),
    };
  });
}

interface TaskAnswer {
  readonly id: string;
  readonly path: string;
  readonly model: string | null;
  readonly text: StoredText;
}

/** What one task answered in each of several simulations, by simulation. */
async function readAnswers(
  database: Sequelize,
  transaction: Transaction,
  tasks: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, TaskAnswer>> {
  const select = <T extends object>(sql: string, bind: unknown[]) =>
    database.query<T>(sql, { bind, transaction, type: QueryTypes.SELECT });
  const ends = await select<{ id: string; path: string }>(
    `select wanted.id, (select data ->> 'path' from events
       where simulation_id = wanted.id and key = 'task.completed:' || wanted.node_id) as path
     from unnest($1::uuid[], $2::text[]) as wanted (id, node_id)`,
    [[...tasks.keys()], [...tasks.values()]],
  );
  // Not joined in one statement: the planner might compare each step with each event.
  const rows = await select<TaskAnswer>(
    `select simulation_id as id, path, model, response -> 'text' as text from steps
     where (simulation_id, path) in (select * from unnest($1::uuid[], $2::text[])) and state = 'completed'`,
    [ends.map(({ id }) => id), ends.map(({ path }) => path)],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
