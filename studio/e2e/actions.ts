import type { Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { CrewGraph, type CrewGraphInput } from '#workflows/graph/schema.ts';

/** What people do, in their words. */

export async function comeInAsGuest(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Try as guest' }).click();
  await page.getByTestId('crew-card').first().waitFor();
}

const Answer = z.object({ result: z.object({ data: z.unknown().optional() }) });

/** Asks the api from within the page, as its user: requests from elsewhere are refused. */
export async function ask(
  page: Page,
  procedure: string,
  input: unknown,
  method: 'GET' | 'POST',
  /** Another than the personal one. */
  workspaceId?: string,
): Promise<unknown> {
  const body = JSON.stringify(input ?? {});
  const headers = { ...(workspaceId && { 'troupe-workspace': workspaceId }) };
  const answer = await page.evaluate(
    async ({ path, init }) => {
      const response = await fetch(path, init);
      return { isOk: response.ok, text: await response.text() };
    },
    method === 'POST'
      ? {
          path: `/trpc/${procedure}`,
          init: { method, body, headers: { 'content-type': 'application/json', ...headers } },
        }
      : { path: `/trpc/${procedure}?input=${encodeURIComponent(body)}`, init: { headers } },
  );
  if (!answer.isOk) throw new Error(`${procedure}: ${answer.text}`);
  return Answer.parse(JSON.parse(answer.text)).result.data;
}

/** A crew of this user, made without the canvas. */
export async function makeCrew(
  page: Page,
  graph: CrewGraphInput,
  name = 'A crew for tests',
): Promise<string> {
  const crew = await ask(page, 'crews.create', { name, graph }, 'POST');
  return z.object({ id: z.string() }).parse(crew).id;
}

/** The graph as the server has it. */
export async function savedGraph(page: Page, crewId: string): Promise<CrewGraph> {
  const crew = await ask(page, 'crews.get', { id: crewId }, 'GET');
  return z.object({ graph: CrewGraph }).parse(crew).graph;
}

export async function openCrew(page: Page, crewId: string): Promise<void> {
  await page.goto(`/crews/${crewId}/edit`);
  await page.locator('.react-flow__viewport').waitFor();
  await page.getByTestId('save-chip').waitFor();
}

/** Everything that was edited until now is saved. */
export async function saved(page: Page): Promise<void> {
  await page.locator('[data-testid=save-chip][data-state=saved]').waitFor();
  await page.evaluate(() => delete document.documentElement.dataset.edited);
}

/** Something was edited since the last time that all was saved, or is just being edited, and is saved. */
export async function savedAfterEdit(page: Page): Promise<void> {
  await page.locator('html[data-edited]').waitFor();
  await saved(page);
}

export const card = (page: Page, name: string): Locator =>
  page.locator('.react-flow__node').filter({ has: page.getByRole('heading', { name, exact: true }) });

/** Where it comes to rest: what has just appeared may still be on its way. */
export async function middleOf(target: Locator): Promise<{ readonly x: number; readonly y: number }> {
  await (await target.elementHandle())?.waitForElementState('stable');
  const box = await target.boundingBox();
  if (!box) throw new Error('It is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

type Point = { readonly x: number; readonly y: number };

/** A drag as a hand does it: in several moves. */
export async function dragTo(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  await page.mouse.up();
}

export const port = (cardOf: Locator, handle: 'in' | 'out' | 'agent' | 'assign'): Locator =>
  cardOf.locator(`.react-flow__handle[data-handleid=${handle}]`);

/** Draws a line from port to port. */
export async function drawLine(page: Page, from: Locator, to: Locator): Promise<void> {
  await dragTo(page, await middleOf(from), await middleOf(to));
}

export const undo = (page: Page): Promise<void> => page.keyboard.press('Control+z');
export const redo = (page: Page): Promise<void> => page.keyboard.press('Control+Shift+z');

/** Answers every question of the form before a run, and starts. */
export async function answerInputs(page: Page, answer: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Before it starts' });
  await dialog.waitFor();
  for (const field of await dialog.getByRole('textbox').all()) await field.fill(answer);
  await dialog.getByRole('button', { name: 'Run' }).click();
}

/** What a person who listens to the page heard last. */
export const heard = async (page: Page): Promise<string> =>
  (await page.getByTestId('live-region').textContent()) ?? '';
