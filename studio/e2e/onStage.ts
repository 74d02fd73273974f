import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { card, comeInAsGuest, makeCrew, openCrew } from './actions.ts';
import { twoIntoOne } from './crews.ts';
import { visit } from './openBrowser.ts';

/** Opens a crew of its own, hands it over, and sees that the page complained of nothing. */
export async function onStage(
  browser: Browser,
  url: string,
  work: (page: Page, crewId: string) => Promise<void>,
): Promise<void> {
  const { page, leave } = await visit(browser, { url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  const crewId = await makeCrew(page, twoIntoOne);
  await openCrew(page, crewId);
  await card(page, 'Join').waitFor();
  // Lines are drawn once all cards are measured.
  await expect.poll(() => countLines(page)).toBe(twoIntoOne.edges.length);
  await work(page, crewId);
  await leave();
}

export const countCards = (page: Page): Promise<number> => page.locator('.react-flow__node').count();
export const countLines = (page: Page): Promise<number> => page.locator('.react-flow__edge').count();

export const toastSays = (page: Page, text: RegExp): Promise<void> =>
  page.getByTestId('toasts').getByText(text).waitFor();

/** How the stage is seen: its zoom, and where its origin lies. */
export async function transformOf(page: Page) {
  const viewport = page.locator('.react-flow__viewport');
  const text = await viewport.evaluate((element) => getComputedStyle(element).transform);
  const [zoom = 1, , , , x = 0, y = 0] = /matrix\((.*)\)/.exec(text)?.[1]?.split(',').map(Number) ?? [];
  return { zoom, x, y };
}
