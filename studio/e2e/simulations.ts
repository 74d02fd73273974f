import type { Page } from 'playwright-core';
import { z } from 'zod';
import { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { CrewGraphInput } from '#workflows/graph/schema.ts';
import { ask, makeCrew } from './actions.ts';

/** What is done with simulations, without the canvas. */

const Id = z.object({ id: z.string() });

export async function startCrew(page: Page, graph: CrewGraphInput, inputs = {}): Promise<string> {
  const crewId = await makeCrew(page, graph);
  return Id.parse(await ask(page, 'simulations.start', { crewId, inputs }, 'POST')).id;
}

const Status = z.object({ status: z.string() });

export async function statusOf(page: Page, id: string): Promise<string> {
  return Status.parse(await ask(page, 'simulations.get', { id }, 'GET')).status;
}

export async function openSimulation(page: Page, id: string, rest = ''): Promise<void> {
  await page.goto(`/simulations/${id}${rest}`);
  await page.getByTestId('readout').waitFor();
}

/** The page says so, whatever moment it shows. */
export const isNow = (page: Page, status: string): Promise<void> =>
  page.locator(`[data-testid=simulation-status][data-status=${status}]`).waitFor();

const Events = z.object({ items: z.array(SimulationEvent) });

/** The whole log, as the server has it. */
export async function eventsOf(page: Page, id: string): Promise<SimulationEvent[]> {
  return Events.parse(await ask(page, 'simulations.events', { id, limit: 1_000 }, 'GET')).items;
}

/** The moment in the address, as the number of its event. */
export const seqInUrl = (page: Page): number =>
  Number(new URL(page.url()).searchParams.get('t')?.split('.')[0] ?? Number.NaN);

export const idInUrl = (page: Page): string => new URL(page.url()).pathname.split('/')[2] ?? '';
