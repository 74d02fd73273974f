import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  card,
  dragTo,
  drawLine,
  heard,
  middleOf,
  port,
  saved,
  savedAfterEdit,
  savedGraph,
  undo,
} from './actions.ts';
import { twoIntoOne } from './crews.ts';
import { countLines, onStage as onStageOf, toastSays, transformOf } from './onStage.ts';
import { launchBrowser } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const onStage = (work: (page: Page, crewId: string) => Promise<void>) =>
  onStageOf(browser, product.url, work);

describe('the palette', () => {
  it.each([0.5, 1, 1.5])('drops a task under the cursor at zoom %d', (zoom) =>
    onStage(async (page, crewId) => {
      await page.getByRole('button', { name: /^\d+ %$/ }).click();
      const steps = { 0.5: -4, 1: 0, 1.5: 3 }[zoom] ?? 0;
      for (let step = 0; step < Math.abs(steps); step += 1) {
        await page.getByRole('button', { name: steps < 0 ? 'Zoom out' : 'Zoom in' }).click();
      }
      const drop = { x: 700, y: 600 };
      await dragTo(page, await middleOf(page.getByTestId('palette-task')), drop);
      const added = card(page, 'New task');
      await added.waitFor();
      const middle = await middleOf(added);
      expect(Math.hypot(middle.x - drop.x, middle.y - drop.y)).toBeLessThan(12);
      const stage = await page.locator('.react-flow').boundingBox();
      await savedAfterEdit(page);
      const node = (await savedGraph(page, crewId)).nodes.at(-1);
      const view = await transformOf(page);
      const x = (drop.x - (stage?.x ?? 0) - view.x) / view.zoom;
      expect(Math.abs((node?.position.x ?? 0) + 111 - x)).toBeLessThan(12);
    }),
  );

  it('adds in the middle, and puts the keyboard on it, by Enter', () =>
    onStage(async (page) => {
      await page.getByTestId('palette-task').focus();
      await page.keyboard.press('Enter');
      const added = card(page, 'New task');
      await added.waitFor();
      await expect.poll(() => added.evaluate((element) => element === document.activeElement)).toBe(true);
      const stage = await middleOf(page.locator('.react-flow'));
      const middle = await middleOf(added);
      expect(Math.hypot(middle.x - stage.x, middle.y - stage.y)).toBeLessThan(40);
    }));

  it('gives a task to whom is dropped on it', () =>
    onStage(async (page) => {
      const ann = page.getByRole('complementary', { name: 'Palette' }).getByRole('button', { name: /^Ann/ });
      await dragTo(page, await middleOf(ann), await middleOf(card(page, 'Join')));
      await card(page, 'Join').getByText('Ann').waitFor();
    }));

  it('puts a task on the line it is dropped on', () =>
    onStage(async (page) => {
      const [from, to] = [
        await middleOf(port(card(page, 'Left'), 'out')),
        await middleOf(port(card(page, 'Join'), 'in')),
      ];
      const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      const lines = await countLines(page);
      await dragTo(page, await middleOf(page.getByTestId('palette-task')), middle);
      await card(page, 'New task').waitFor();
      await expect.poll(() => countLines(page)).toBe(lines + 1);
    }));
});

describe('a line', () => {
  it('connects two ports, and says so', () =>
    onStage(async (page) => {
      const lines = await countLines(page);
      await drawLine(page, port(card(page, 'Left'), 'out'), port(card(page, 'Apart'), 'in'));
      await expect.poll(() => countLines(page)).toBe(lines + 1);
      await expect.poll(() => heard(page)).toBe('Connected “Left” to “Apart”');
    }));

  it('is red where it may not end, glows where it may, and is refused with a sentence', () =>
    onStage(async (page) => {
      const lines = await countLines(page);
      const from = await middleOf(port(card(page, 'Join'), 'out'));
      const to = await middleOf(port(card(page, 'Left'), 'in'));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(to.x - 30, to.y + 20, { steps: 6 });
      await page.mouse.move(to.x, to.y, { steps: 6 });
      await page.locator('[data-testid=held-wire][data-validity=invalid]').waitFor();
      await page.locator('article[data-node-id=apart][class*=glows]').waitFor();
      await page.locator('article[data-node-id=left][class*=dims]').waitFor();
      await page.mouse.up();
      await toastSays(page, /wait for each other/);
      await expect.poll(() => heard(page)).toContain('“Left”');
      expect(await countLines(page)).toBe(lines);
    }));

  it('is refused twice between the same two, and between agents', () =>
    onStage(async (page) => {
      const lines = await countLines(page);
      await drawLine(page, port(card(page, 'Left'), 'out'), port(card(page, 'Join'), 'in'));
      await toastSays(page, /already/);
      await drawLine(page, port(card(page, 'Ann'), 'assign'), card(page, 'Bob'));
      await toastSays(page, /work together through tasks/);
      expect(await countLines(page)).toBe(lines);
    }));

  it('is drawn by a tap on one port and a tap on another', () =>
    onStage(async (page) => {
      const lines = await countLines(page);
      await port(card(page, 'Left'), 'out').click();
      await port(card(page, 'Apart'), 'in').click();
      await expect.poll(() => countLines(page)).toBe(lines + 1);
    }));

  it('let go over the empty stage offers what could stand there', () =>
    onStage(async (page, crewId) => {
      const empty = { x: 1000, y: 760 };
      const lines = await countLines(page);
      await dragTo(page, await middleOf(port(card(page, 'Left'), 'out')), empty);
      await page.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
      expect(await countLines(page)).toBe(lines);
      await dragTo(page, await middleOf(port(card(page, 'Left'), 'out')), empty);
      await page.getByRole('menuitem', { name: 'A new task that reads this' }).click();
      await card(page, 'New task').waitFor();
      await expect.poll(() => countLines(page)).toBe(lines + 1);
      await undo(page);
      await expect.poll(() => countLines(page)).toBe(lines);
      await saved(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));

  it('takes a task in its middle, and one undo restores it exactly', () =>
    onStage(async (page, crewId) => {
      const [from, to] = [
        await middleOf(port(card(page, 'Left'), 'out')),
        await middleOf(port(card(page, 'Join'), 'in')),
      ];
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
      await page.getByRole('button', { name: 'Put a task on this line' }).click();
      await card(page, 'New task').waitFor();
      await savedAfterEdit(page);
      const grown = await savedGraph(page, crewId);
      const added = grown.nodes.at(-1)?.id;
      const pairs = grown.edges.filter(({ kind }) => kind === 'context').map(({ from, to }) => [from, to]);
      expect(pairs).toEqual(
        expect.arrayContaining([
          ['left', added],
          [added, 'join'],
        ]),
      );
      expect(pairs).not.toContainEqual(['left', 'join']);
      await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
      await undo(page);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));
});
