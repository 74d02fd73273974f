import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import {
  card,
  comeInAsGuest,
  dragTo,
  makeCrew,
  middleOf,
  openCrew,
  savedAfterEdit,
  savedGraph,
  undo,
} from './actions.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 50 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function onStage(graph: CrewGraph, work: (page: Page, crewId: string) => Promise<void>) {
  const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
  await comeInAsGuest(page);
  const crewId = await makeCrew(page, graph);
  await openCrew(page, crewId);
  await work(page, crewId);
  await leave();
}

const nodeOf = (graph: CrewGraph, id: string) => graph.nodes.find((node) => node.id === id);
const isNow = (page: Page, id: string, status: string) =>
  page.locator(`article[data-node-id=${id}][data-status=${status}]`).waitFor();

const isLong = { path: 'answer.draft.length', op: 'atLeast', value: 1 };
const routed = drawControls(
  [
    taskIn('draft'),
    controlIn('router', 'way', { outcomes: [{ name: 'Long', rule: isLong }], otherwise: 'Short' }),
    taskIn('cut'),
    taskIn('grow'),
  ],
  ['draft > way', 'way = Long > cut', 'way = Short > grow'],
);

it('a decision goes one way on the stage, and what lies on the other is skipped', () =>
  onStage(routed, async (page) => {
    await page.getByTestId('run').click();
    await page.getByTestId('result').waitFor();
    await isNow(page, 'way', 'completed');
    await isNow(page, 'cut', 'completed');
    await isNow(page, 'grow', 'skipped');
  }));

it('an outcome that is called otherwise takes its line along, and undo brings both back', () =>
  onStage(routed, async (page, crewId) => {
    await card(page, 'way').click();
    const name = page.getByLabel('Name of outcome 1');
    await name.fill('Too long');
    await name.blur();
    await savedAfterEdit(page);
    const outcomes = (graph: CrewGraph) => graph.edges.flatMap(({ outcome }) => outcome ?? []);
    expect(outcomes(await savedGraph(page, crewId))).toEqual(['Too long', 'Short']);
    await undo(page);
    await savedAfterEdit(page);
    expect(await savedGraph(page, crewId)).toEqual(routed);
  }));

it('a rule is put together from values, comparisons and texts', () =>
  onStage(routed, async (page, crewId) => {
    await card(page, 'way').click();
    await page.getByRole('button', { name: 'And another' }).click();
    await page.getByLabel('How many must hold').selectOption('any');
    await page.getByLabel('How it is compared').nth(1).selectOption('contains');
    await page.getByLabel('With what').nth(1).fill('urgent');
    await savedAfterEdit(page);
    expect(nodeOf(await savedGraph(page, crewId), 'way')?.data).toMatchObject({
      outcomes: [{ rule: { any: [isLong, { path: 'answer.draft', op: 'contains', value: 'urgent' }] } }],
    });
  }));

it('a task that is dragged onto the ground of a for-each is done in it, goes along with it, and out again', () =>
  onStage(
    drawControls([controlIn('map', 'each', { items: 'input.list' }), taskIn('one', 'each'), taskIn('two')]),
    async (page, crewId) => {
      const parentOf = async (id: string) => nodeOf(await savedGraph(page, crewId), id)?.parentId;
      const [each, two] = [await middleOf(card(page, 'each')), await middleOf(card(page, 'two'))];
      await dragTo(page, { x: two.x, y: two.y - 20 }, each);
      await savedAfterEdit(page);
      expect(await parentOf('two')).toBe('each');
      const before = nodeOf(await savedGraph(page, crewId), 'one')?.position;
      await undo(page);
      await savedAfterEdit(page);
      expect(await parentOf('two')).toBeUndefined();
      const at = await middleOf(card(page, 'each'));
      await dragTo(page, { x: at.x, y: at.y }, { x: at.x + 60, y: at.y + 40 });
      await savedAfterEdit(page);
      const after = nodeOf(await savedGraph(page, crewId), 'one')?.position;
      expect(after?.x).toBeGreaterThan(before?.x ?? 0);
      expect(after?.y).toBeGreaterThan(before?.y ?? 0);
    },
  ));

it('what decides and repeats can be taken from the palette, and says what it lacks', () =>
  onStage(drawControls([taskIn('draft')]), async (page) => {
    for (const kind of ['router', 'map', 'loop', 'approval', 'crew', 'wait', 'group'])
      await page.getByTestId(`palette-${kind}`).click();
    await page.getByText(/things to fix/).waitFor();
    for (const name of ['New decision', 'For each', 'Repeat', 'Approval', 'Crew', 'Wait'])
      await page.locator('article').filter({ hasText: name }).first().waitFor();
  }));
