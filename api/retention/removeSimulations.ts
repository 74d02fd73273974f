import type { Sequelize, Transaction } from 'sequelize';
import { Simulation } from '../database/models/Simulation.ts';
import { textsNamedBy } from './textsNamedBy.ts';

export interface RemoveSimulations {
  readonly workspaceId: string;
  readonly ids: readonly string[];
}

/**
 * Removes simulations with everything of theirs, and notes which texts they named: whether somebody else does is found
 * out later, by `sweepContents`. What crews remember of them stays.
 */
export async function removeSimulations(
  database: Sequelize,
  { workspaceId, ids }: RemoveSimulations,
  transaction: Transaction,
): Promise<void> {
  const options = { bind: [workspaceId, ids], transaction };
  await database.query(NOTE, options);
  await database.query(
    'delete from idempotency_keys where workspace_id = $1 and simulation_id = any($2::uuid[])',
    options,
  );
  await Simulation.destroy({ where: { workspaceId, id: [...ids] }, transaction });
}

// One that was looked at already is looked at again: it may have been this simulation that named it.
const NOTE = `
insert into content_candidates (workspace_id, sha256)
select $1, sha256 from contents
where workspace_id = $1 and sha256 in (${textsNamedBy('$2')})
order by sha256
on conflict (workspace_id, sha256) do update set marked_at = null`;
