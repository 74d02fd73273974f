import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import { ask, comeInAsGuest, makeCrew, openCrew } from './actions.ts';
import { barriers, isTooWide, tooSmall } from './barriers.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { startCrew } from './simulations.ts';
import { type Product, startProduct } from './startProduct.ts';

/** The screens around the stage: each in both themes, and under a finger. */

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ demoAnswerMs: 100 }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

const place = { x: 0, y: 400 };
/** A card of every kind. */
const everyKind = drawControls(
  [
    taskIn('ideas'),
    controlIn('router', 'way', { outcomes: [{ name: 'Good' }, { name: 'Thin' }], otherwise: 'Thin' }),
    controlIn('map', 'each', { items: 'answer.ideas' }),
    controlIn('loop', 'again'),
    controlIn('approval', 'ok', { question: 'Shall we?', deadlineMinutes: 2_880 }),
    controlIn('crew', 'sub'),
    controlIn('wait', 'pause', { seconds: 3_600 }),
    { id: 'note', kind: 'note', position: place, data: { text: 'Ask **Okoro** first.', colour: 'gold' } },
    { id: 'act', kind: 'group', position: { x: 400, y: 400 }, data: { name: 'Second act', colour: 'blue' } },
  ],
  ['ideas > way', 'way = Good > each', 'each > again', 'again > ok', 'ok = Approve > sub', 'sub > pause'],
);

const letter = drawControls(
  [
    taskIn('draft'),
    controlIn('approval', 'ok', {
      name: 'Send the letter',
      question: 'Is the **draft** good?',
      asksForText: true,
      deadlineMinutes: 2_880,
      outcomes: [
        { name: 'Approve', description: 'It goes out tonight' },
        { name: 'Send back to the writer for another round' },
        { name: 'Reject' },
      ],
    }),
    taskIn('publish'),
  ],
  ['draft > ok', 'ok = Approve > publish'],
);

/** Somebody who has everything once: what is looked at is not empty. */
async function furnish(page: Page) {
  await startCrew(page, letter);
  const agent = { name: 'Mara', role: 'Editor', goal: 'Make texts clear', backstory: 'Edited a newspaper' };
  const made = await ask(page, 'agents.create', { ...agent, tools: ['calculator'] }, 'POST');
  const base = await ask(page, 'knowledge.create', { name: 'House rules' }, 'POST');
  const idOf = (value: unknown) => z.object({ id: z.string() }).parse(value).id;
  return { agentId: idOf(made), knowledgeId: idOf(base) };
}

const question = (page: Page) => page.getByTestId('question').getByRole('button', { name: 'Approve' });

/** Goes from screen to screen, and looks at each when it is drawn. */
async function lookAround(page: Page, look: (screen: string) => Promise<void>): Promise<void> {
  const open = async (path: string, sign: string) => {
    await page.goto(path);
    await page.getByText(sign).first().waitFor();
    await look(path);
  };
  await open('/forgot', 'Forgot your password?');
  await open('/invite#no-such-token', 'This invitation is not good');
  await open('/keep#no-such-token', 'Keep your account?');
  await comeInAsGuest(page);
  await look('/crews');
  await open('/inbox', 'Nobody is waiting for you');
  await open('/agents', 'Write the first agent');
  await open('/simulations', 'Nothing has been played yet');
  await open('/knowledge', 'Nobody has read anything yet');
  await open('/knowledge/memories', 'Nothing is remembered yet');
  await open('/settings/tool-servers', 'No tool servers yet');
  await open('/settings/credentials', 'No keys yet');
  await page.getByRole('button', { name: 'Add a credential' }).first().click();
  await page.getByRole('dialog').getByLabel('API key').waitFor();
  await look('a new credential');
  const { agentId, knowledgeId } = await furnish(page);
  await open('/agents', 'Mara');
  await open(`/agents/${agentId}`, 'Backstory');
  await open('/knowledge', 'House rules');
  await open(`/knowledge/${knowledgeId}`, 'Try a search');
  await open(`/knowledge/${agentId}`, 'There is no such knowledge base');
  await page.goto('/inbox');
  await page.getByTestId('inbox-row').waitFor();
  await look('/inbox, with a question');
  await page.getByTestId('inbox-row').click();
  await question(page).waitFor();
  await look('the question');
  await page.goto('/simulations');
  await page.getByTestId('simulation-row').waitFor();
  await look('/simulations, with one');
}

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  it('keeps nobody out of the screens around the stage', async () => {
    const { page, expectErrors, leave } = await visit(browser, {
      url: product.url,
      theme,
      width: 1440,
      height: 900,
    });
    expectErrors(/40[04]/);
    const found: Record<string, readonly string[]> = {};
    await lookAround(page, async (screen) => {
      found[screen] = await barriers(page);
    });
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    await leave();
  });

  it('keeps nobody out of the inspector, whatever card is chosen', async () => {
    const { page, leave } = await visit(browser, { url: product.url, theme, width: 1440, height: 900 });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, everyKind));
    const found: Record<string, readonly string[]> = {};
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    for (const { id, kind } of everyKind.nodes) {
      const node = page.locator(`.react-flow__node[data-id=${id}]`);
      // By keyboard, since what is on the stage may stand one above the other.
      await node.focus();
      await page.keyboard.press('Enter');
      await page.locator(`.react-flow__node.selected[data-id=${id}]`).waitFor();
      await inspector.locator('input, textarea').first().waitFor();
      await page.keyboard.press('Escape');
      found[kind] = await barriers(page);
    }
    expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
    await leave();
  });
});

it('on a phone nothing is too small for a finger, or wider than the screen', async () => {
  const phone = { url: product.url, width: 390, height: 844, hasTouch: true };
  const { page, expectErrors, leave } = await visit(browser, phone);
  expectErrors(/40[04]/);
  const found: Record<string, readonly string[]> = {};
  await lookAround(page, async (screen) => {
    const wide = await isTooWide(page);
    found[screen] = [...(await tooSmall(page)), ...(wide ? ['wider than the screen'] : [])];
  });
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
  await leave();
});
