import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { loadTexts } from '../contents.ts';
import { isStopped } from '../isStopped.ts';
import type { StoredText } from '../stored.ts';

/** Who started the simulation, and what is still asked in it. */
export interface Reminder {
  /** Null of a guest, of somebody who is gone, and of who does not belong to the workspace any more. */
  readonly email: string | null;
  readonly simulation: string;
  readonly title: string;
  readonly question: string;
}

interface Row extends Omit<Reminder, 'question'> {
  readonly prompt: StoredText;
}

export interface RemindOf {
  readonly workspaceId: string;
  readonly simulationId: string;
  readonly path: string;
  /** It was held back before: past the deadline there is nothing to remind of any more. */
  readonly wasHeld?: boolean;
}

/**
 * Puts on record that people were reminded. Null when somebody has answered meanwhile, or they were reminded before;
 * `held` while the workspace is stopped: nothing goes out of it then.
 */
export async function remindOf(
  transaction: AnyTransaction,
  { workspaceId, simulationId, path, wasHeld = false }: RemindOf,
): Promise<Reminder | 'held' | null> {
  const place = [simulationId, path, wasHeld];
  const isHeld = await isStopped(transaction, workspaceId);
  if (isHeld) return (await runPrepared(transaction, IS_DUE, place)).length > 0 ? 'held' : null;
  const [row] = await runPrepared<Row>(transaction, REMIND, place);
  if (!row) return null;
  const { prompt, ...reminder } = row;
  return { ...reminder, question: (await loadTexts(transaction, [prompt]))(prompt) };
}

const DUE = `simulation_id = $1 and path = $2 and answered_at is null and expired_at is null and reminded_at is null
    and (not $3::boolean or deadline_at is null or deadline_at > now())`;

const IS_DUE: PreparedStatement = {
  name: 'questions.isReminderDue',
  text: `select 1 from questions where ${DUE}`,
};

const REMIND: PreparedStatement = {
  name: 'questions.remind',
  text: `
with reminded as (
  update questions set reminded_at = now(), updated_at = now() where ${DUE}
  returning workspace_id, simulation_id, title, prompt
)
select users.email, simulations.title as simulation, reminded.title, prompt
from reminded join simulations on simulations.id = reminded.simulation_id
left join users on users.id = simulations.created_by and users.disabled_at is null and exists (
  select 1 from memberships m where m.workspace_id = reminded.workspace_id and m.user_id = users.id)`,
};
