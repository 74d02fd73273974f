import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { card, dragTo, middleOf, redo, savedAfterEdit, savedGraph, undo } from './actions.ts';
import { twoIntoOne } from './crews.ts';
import { countCards, countLines, onStage as onStageOf } from './onStage.ts';
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
