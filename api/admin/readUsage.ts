import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { asAdmin } from '../database/connect.ts';
import type { ReadUsage, UsageView } from './schema.ts';

const MOST = 400;
const DAYS = 30;

/** What a call is counted under, and the order of the list. */
const BY: Readonly<Record<ReadUsage['by'], { key: string; name: string; order: string }>> = {
  day: {
    key: `to_char(calls.started_at at time zone 'UTC', 'YYYY-MM-DD')`,
    name: `to_char(calls.started_at at time zone 'UTC', 'YYYY-MM-DD')`,
    order: 'key desc',
  },
  model: {
    key: `coalesce(calls.model, '')`,
    name: `coalesce(calls.model, 'unknown')`,
    order: '"costMicros" desc, calls desc',
  },
  workspace: {
    key: 'calls.workspace_id::text',
    name: `coalesce(workspaces.name, '')`,
    order: '"costMicros" desc, calls desc',
  },
};

const USED = (by: ReadUsage['by']) => `
select ${BY[by].key} as key, ${BY[by].name} as name, count(*)::integer as calls,
  coalesce(sum(calls.input_tokens), 0)::bigint as "inputTokens",
  coalesce(sum(calls.output_tokens), 0)::bigint as "outputTokens",
  coalesce(sum(calls.cost_micros), 0)::bigint as "costMicros"
from calls left join workspaces on workspaces.id = calls.workspace_id
where calls.kind = 'model' and calls.started_at >= coalesce($1::timestamptz, now() - interval '${DAYS} days')
  and ($2::timestamptz is null or calls.started_at < $2::timestamptz)
group by 1, 2 order by ${BY[by].order} limit ${MOST}`;

/** Model calls, tokens and money over a time, by day, by model or by workspace. */
export async function readUsage(
  { database }: MemberContext,
  { by, from = undefined, to = undefined }: ReadUsage,
): Promise<UsageView> {
  const items = await asAdmin(database, (transaction) =>
    database.query<UsageView['items'][number]>(USED(by), {
      bind: [from ?? null, to ?? null],
      transaction,
      type: QueryTypes.SELECT,
    }),
  );
  const sum = (field: 'calls' | 'inputTokens' | 'outputTokens' | 'costMicros') =>
    items.reduce((total, item) => total + item[field], 0);
  const total = {
    calls: sum('calls'),
    inputTokens: sum('inputTokens'),
    outputTokens: sum('outputTokens'),
    costMicros: sum('costMicros'),
  };
  return { items, total, nextCursor: null };
}
