import { QueryTypes } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { asAdmin } from '../database/connect.ts';
import type { HealthView } from './schema.ts';

type Counts = Omit<z.infer<typeof HealthView>, 'engine'>;

const COUNT = `
select count(*) filter (where status = 'queued')::integer as queued,
  count(*) filter (where status = 'running')::integer as running,
  count(*) filter (where status = 'waiting')::integer as waiting,
  count(*) filter (where status = 'failed')::integer as "failedToday",
  (select count(*)::integer from workspace_stops) as "stoppedWorkspaces"
from simulations
where status in ('queued', 'running', 'waiting') or (status = 'failed' and updated_at > now() - interval '1 day')`;

/** Whether the engine answers, and how much is under way. */
export async function readHealth({ database, engine }: MemberContext): Promise<z.infer<typeof HealthView>> {
  const [isEngineThere, [counts]] = await Promise.all([
    engine.isReachable(),
    asAdmin(database, (transaction) =>
      database.query<Counts>(COUNT, { transaction, type: QueryTypes.SELECT }),
    ),
  ]);
  if (!counts) throw new Error('A count has a row');
  return { engine: isEngineThere, ...counts };
}
