import { chromium } from 'playwright-core';
import { requireChromium } from '#launch/chromium.ts';
import { chain } from '#workflows/graph/examples.ts';
import { startProduct } from '../Product.ts';
import type { Row } from '../Row.ts';

export const start: Row = {
  name: 'start',
  what: '`npm start`, installed and built, to the first page',
  unit: 's',
  hold: { of: 'measured', atMost: 10 },
  isAlone: true,
  mostRounds: 3,
  async measure() {
    // The very first one builds the studio, which is not what is measured.
    if (!isBuilt) await (await startProduct()).stop();
    isBuilt = true;
    const product = await startProduct();
    await product.stop();
    return { measured: product.startedInMs / 1_000, baseline: null };
  },
};
let isBuilt = false;

const LENGTH = 2_000;
const MOST_ROWS = 200;

/** Rows of the page: what stands for a step, an event or a line of the transcript. */
const ROWS =
  '[data-testid=timeline] button, [data-testid=transcript] article, [role=row], [role=listitem], li';

export const page: Row = {
  name: 'page',
  what: `the page of a simulation of ${LENGTH} steps, with at most ${MOST_ROWS} rows in it`,
  unit: 's',
  hold: { of: 'measured', atMost: 2 },
  isAlone: true,
  mostRounds: 1,
  async measure() {
    const product = await startProduct({ DEMO_ANSWER_MS: '0' });
    const browser = await chromium.launch({ executablePath: requireChromium(), args: ['--no-sandbox'] });
    try {
      const tab = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await tab.goto(product.url);
      const id = await tab.evaluate(runInPage, chain(LENGTH));
      const begin = performance.now();
      await tab.goto(`${product.url}/simulations/${id}`);
      await tab.locator('[data-testid=timeline] button').first().waitFor();
      await tab.locator('[data-testid=transcript]').first().waitFor();
      const measured = (performance.now() - begin) / 1_000;
      const rows = await tab.locator(ROWS).count();
      if (rows > MOST_ROWS) throw new Error(`There are ${rows} rows in the page`);
      return { measured, baseline: null };
    } finally {
      await browser.close();
      await product.stop();
    }
  },
};

/** Runs inside the page, as its guest: makes the crew, runs it to the end, and gives the simulation's id. */
async function runInPage(graph: unknown): Promise<string> {
  const send = async (path: string, body: unknown) => {
    const response = await fetch(`/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()).result.data;
  };
  await send('users.guest', {});
  const crew = await send('crews.create', { name: 'Long', graph });
  const { id } = await send('simulations.start', { crewId: crew.id, inputs: {} });
  for (;;) {
    const response = await fetch(`/trpc/simulations.get?input=${encodeURIComponent(JSON.stringify({ id }))}`);
    const { status } = (await response.json()).result.data;
    if (status === 'completed') return id;
    if (status === 'failed') throw new Error('The long simulation failed');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
