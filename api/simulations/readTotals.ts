import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { Totals } from './schema.ts';

const TOTALS = `
  select s.id, c."modelCalls", c."toolCalls", c."inputTokens", c."outputTokens", c."costMicros", r."reusedSteps"
  from unnest($1::uuid[]) as s (id)
  cross join lateral (
    select
      count(*) filter (where kind = 'model')::integer as "modelCalls",
      count(*) filter (where kind = 'tool')::integer as "toolCalls",
      coalesce(sum(input_tokens), 0)::bigint as "inputTokens",
      coalesce(sum(output_tokens), 0)::bigint as "outputTokens",
      coalesce(sum(cost_micros), 0)::bigint as "costMicros"
    from calls where simulation_id = s.id
  ) c
  cross join lateral (
    select count(*)::integer as "reusedSteps" from steps
    where simulation_id = s.id and reused_from is not null and kind in ('model', 'tool')
  ) r`;

/** What simulations used, as sums over the requests that were really sent. */
export async function readTotals(
  database: Sequelize,
  transaction: Transaction,
  ids: readonly string[],
): Promise<(id: string) => Totals> {
  const rows = await database.query<Totals & { id: string }>(TOTALS, {
    bind: [ids],
    transaction,
    type: QueryTypes.SELECT,
  });
  const totals = new Map(rows.map(({ id, ...sums }) => [id, sums]));
  return (id) => totals.get(id) ?? NOTHING;
}

const NOTHING: Totals = {
  modelCalls: 0,
  toolCalls: 0,
  inputTokens: 0,
  outputTokens: 0,
  costMicros: 0,
  reusedSteps: 0,
};
