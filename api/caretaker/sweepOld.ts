import type { Services } from '../context.ts';
import { expireSimulations, findOverdueWorkspaces } from '../retention/expireSimulations.ts';
import { findDoubtedWorkspaces, sweepContents } from '../retention/sweepContents.ts';

/**
 * Removes simulations whose time is over, some of each workspace, and then the texts that nobody names any more. True
 * when there may be more to do. What fails in one workspace keeps nothing else from being done.
 */
export async function sweepOld(services: Pick<Services, 'database' | 'log'>): Promise<boolean> {
  const { database } = services;
  const overdue = await findOverdueWorkspaces(database);
  for (const id of overdue) await attempt(services, () => expireSimulations(database, id));
  const doubted = await findDoubtedWorkspaces(database);
  for (const id of doubted) await attempt(services, () => sweepContents(database, id));
  return overdue.length + doubted.length > 0;
}

async function attempt({ log }: Pick<Services, 'log'>, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.warn({ err: error }, 'What is old could not be removed and will be tried again');
  }
}
