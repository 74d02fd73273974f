import { type AnyTransaction, type PreparedStatement, runPrepared } from '../../prepared.ts';
import { loadTexts } from '../contents.ts';
import type { StoredText } from '../stored.ts';

/** Who started the simulation, and what is still asked in it. */
export interface Reminder {
  /** Null of a guest, and of somebody who is gone. */
  readonly email: string | null;
  readonly simulation: string;
  readonly title: string;
  readonly question: string;
}

interface Row extends Omit<Reminder, 'question'> {
  readonly prompt: StoredText;
}

/** Puts on record that people were reminded. Null when somebody has answered meanwhile, or they were reminded before. */
export async function remindOf(
  transaction: AnyTransaction,
  { simulationId, path }: { readonly simulationId: string; readonly path: string },
): Promise<Reminder | null> {
  const [row] = await runPrepared<Row>(transaction, REMIND, [simulationId, path]);
  if (!row) return null;
  const { prompt, ...reminder } = row;
  return { ...reminder, question: (await loadTexts(transaction, [prompt]))(prompt) };
}

const REMIND: PreparedStatement = {
  name: 'questions.remind',
  text: `
with reminded as (
  update questions set reminded_at = now(), updated_at = now()
  where simulation_id = $1 and path = $2 and answered_at is null and expired_at is null and reminded_at is null
  returning simulation_id, title, prompt
)
select users.email, simulations.title as simulation, reminded.title, prompt
from reminded join simulations on simulations.id = reminded.simulation_id
left join users on users.id = simulations.created_by`,
};
