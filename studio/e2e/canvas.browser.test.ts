import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  card,
  comeInAsGuest,
  dragTo,
  drawLine,
  heard,
  makeCrew,
  middleOf,
  openCrew,
  port,
  redo,
  saved,
  savedAfterEdit,
  savedGraph,
  undo,
} from './actions.ts';
import { twoIntoOne } from './crews.ts';
import { launchBrowser, type Visit, visit } from './openBrowser.ts';
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

/** Opens a crew of its own, hands it over, and sees that the page complained of nothing. */
async function onStage(work: (page: Page, crewId: string, visited: Visit) => Promise<void>): Promise<void> {
  const visited = await visit(browser, { url: product.url, width: 1440, height: 900 });
  const { page, leave } = visited;
  await comeInAsGuest(page);
  const crewId = await makeCrew(page, twoIntoOne);
  await openCrew(page, crewId);
  await card(page, 'Join').waitFor();
  await work(page, crewId, visited);
  await leave();
}

const countCards = (page: Page) => page.locator('.react-flow__node').count();
const countLines = (page: Page) => page.locator('.react-flow__edge').count();
const toastSays = (page: Page, text: RegExp) => page.getByTestId('toasts').getByText(text).waitFor();

const transformOf = async (page: Page) => {
  const text = await page
    .locator('.react-flow__viewport')
    .evaluate((element) => getComputedStyle(element).transform);
  const [zoom = 1, , , , x = 0, y = 0] = /matrix\((.*)\)/.exec(text)?.[1]?.split(',').map(Number) ?? [];
  return { zoom, x, y };
};

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
      expect(await heard(page)).toBe('Connected “Left” to “Apart”');
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
      expect(await page.locator('article[data-node-id=apart]').getAttribute('class')).toMatch(/glows/);
      expect(await page.locator('article[data-node-id=left]').getAttribute('class')).toMatch(/dims/);
      await page.mouse.up();
      await toastSays(page, /wait for each other/);
      expect(await heard(page)).toContain('“Left”');
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

describe('moving', () => {
  it('by hand is one entry of the history', () =>
    onStage(async (page, crewId) => {
      const before = await middleOf(card(page, 'Apart'));
      await dragTo(page, { x: before.x, y: before.y - 20 }, { x: before.x + 200, y: before.y + 40 });
      const moved = await middleOf(card(page, 'Apart'));
      expect(moved.x).toBeGreaterThan(before.x + 150);
      await undo(page);
      await expect.poll(() => middleOf(card(page, 'Apart'))).toEqual(before);
      await redo(page);
      await expect.poll(() => middleOf(card(page, 'Apart'))).toEqual(moved);
      await undo(page);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));

  it('by arrow keys is saved, and a burst is one entry', () =>
    onStage(async (page, crewId) => {
      const start = twoIntoOne.nodes.find(({ id }) => id === 'apart')?.position;
      await card(page, 'Apart').click();
      for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowRight');
      await savedAfterEdit(page);
      const place = async () =>
        (await savedGraph(page, crewId)).nodes.find(({ id }) => id === 'apart')?.position;
      expect(await place()).toEqual({ x: (start?.x ?? 0) + 25, y: start?.y });
      await page.reload();
      await card(page, 'Apart').click();
      for (let press = 0; press < 5; press += 1) await page.keyboard.press('ArrowDown');
      await undo(page);
      await savedAfterEdit(page);
      expect(await place()).toEqual({ x: (start?.x ?? 0) + 25, y: start?.y });
    }));

  it('all by tidying lets nothing overlap, and is one entry', () =>
    onStage(async (page, crewId) => {
      const at = await middleOf(card(page, 'Apart'));
      await dragTo(page, { x: at.x, y: at.y - 20 }, await middleOf(card(page, 'Join')));
      await savedAfterEdit(page);
      const messy = await savedGraph(page, crewId);
      await page.getByRole('button', { name: 'Tidy' }).click();
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).not.toEqual(messy);
      await undo(page);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(messy);
    }));
});

describe('removing and copying', () => {
  it('takes a card with its lines, and one undo brings all back', () =>
    onStage(async (page, crewId) => {
      const lines = await countLines(page);
      await card(page, 'Join').click();
      await page.keyboard.press('Delete');
      await expect.poll(() => countLines(page)).toBe(lines - 3);
      await undo(page);
      await expect.poll(() => countLines(page)).toBe(lines);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));

  it('everything at once is one entry too', () =>
    onStage(async (page, crewId) => {
      await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Delete');
      await page.getByRole('heading', { name: 'Who is in it?' }).waitFor();
      await undo(page);
      await expect.poll(() => countCards(page)).toBe(6);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));

  it('pastes copies with their lines, ids and names of their own, as often as wanted', () =>
    onStage(async (page, crewId) => {
      await card(page, 'Left').click();
      await card(page, 'Right').click({ modifiers: ['Control'] });
      await card(page, 'Join').click({ modifiers: ['Control'] });
      await page.keyboard.press('Control+c');
      await page.keyboard.press('Control+v');
      await expect.poll(() => countCards(page)).toBe(9);
      await page.keyboard.press('Control+v');
      await expect.poll(() => countCards(page)).toBe(12);
      await savedAfterEdit(page);
      const graph = await savedGraph(page, crewId);
      expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(12);
      expect(graph.edges).toHaveLength(twoIntoOne.edges.length + 4);
      expect(graph.nodes.slice(0, 6)).toEqual(twoIntoOne.nodes);
      const names = graph.nodes.flatMap((node) => (node.kind === 'task' ? [node.data.name] : []));
      expect(names).toEqual(expect.arrayContaining(['Left 2', 'Left 3', 'Join 3']));
    }));
});

describe('writing', () => {
  it('in a field never reaches the stage', () =>
    onStage(async (page) => {
      await card(page, 'Apart').click();
      const field = page.getByLabel('What is to be done');
      await field.fill('Look around');
      await field.press('End');
      await field.press('Backspace');
      expect(await field.inputValue()).toBe('Look aroun');
      await field.press('Control+z');
      expect(await countCards(page)).toBe(6);
      await card(page, 'Apart').waitFor();
    }));

  it('is one entry of the history for each field', () =>
    onStage(async (page, crewId) => {
      await card(page, 'Apart').click();
      await page.getByLabel('What is to be done').pressSequentially(' And more.');
      await page.getByLabel('What good looks like').pressSequentially(' Or two.');
      await savedAfterEdit(page);
      await page.locator('.react-flow__pane').click({ position: { x: 8, y: 8 } });
      await undo(page);
      await undo(page);
      await savedAfterEdit(page);
      expect(await savedGraph(page, crewId)).toEqual(twoIntoOne);
    }));

  it('another name on the card keeps it by Enter, and drops it by Escape', () =>
    onStage(async (page) => {
      await card(page, 'Bob').getByRole('heading').dblclick();
      const name = page.getByRole('textbox', { name: 'Name' }).first();
      await name.fill('Nobody');
      await name.press('Escape');
      await card(page, 'Bob').getByRole('heading').dblclick();
      await name.fill('Robert');
      await name.press('Enter');
      await card(page, 'Robert').waitFor();
      await card(page, 'Join').getByText('Robert').waitFor();
      await card(page, 'Apart').getByText('Robert').waitFor();
    }));
});

describe('finding', () => {
  it('leads to a card by a few letters of its name', () =>
    onStage(async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(/A card, a crew/).fill('apar');
      await page.keyboard.press('Enter');
      const found = card(page, 'Apart');
      await expect.poll(() => found.evaluate((element) => element === document.activeElement)).toBe(true);
      const [stage, middle] = [await page.locator('.react-flow').boundingBox(), await middleOf(found)];
      const box = z
        .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
        .parse(stage);
      expect(middle.x > box.x && middle.x < box.x + box.width).toBe(true);
      expect(middle.y > box.y && middle.y < box.y + box.height).toBe(true);
    }));

  it('shows all keys on a question mark', () =>
    onStage(async (page) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keys' }).getByText('Undo').waitFor();
    }));
});
