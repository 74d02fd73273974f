import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { z } from 'zod';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const Violations = z.array(
  z.object({ id: z.string(), impact: z.string().nullish(), nodes: z.array(z.object({ html: z.string() })) }),
);

/** What axe finds that keeps people out. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(`${axe}; void 0`);
  const found = await page.evaluate('axe.run().then((result) => result.violations)');
  return Violations.parse(found)
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => {
      const places = nodes.map(({ html }) => html).slice(0, 3);
      return `${id}: ${places.join(' | ')}`;
    });
}

export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

const Names = z.array(z.string());

/** What a finger could miss: less than 44 px either way, what reaches beyond its edge included. Links in a sentence may. */
export async function tooSmall(page: Page): Promise<string[]> {
  return Names.parse(
    await page.evaluate(() => {
      const least = 43.5;
      const isSeen = (element: Element) => {
        const { visibility, clipPath } = getComputedStyle(element);
        const { width, height, right, bottom } = element.getBoundingClientRect();
        return (
          visibility !== 'hidden' && clipPath === 'none' && width > 0 && height > 0 && right > 2 && bottom > 2
        );
      };
      const reachOf = (element: Element) => {
        const { width, height } = element.getBoundingClientRect();
        const after = getComputedStyle(element, '::after');
        if (after.content === 'none' || after.position !== 'absolute') return { width, height };
        const beyond = (side: string) => Math.max(0, -Number.parseFloat(side) || 0);
        return {
          width: width + beyond(after.left) + beyond(after.right),
          height: height + beyond(after.top) + beyond(after.bottom),
        };
      };
      return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
        .filter((element) => isSeen(element) && !element.closest('[aria-hidden=true], .react-flow'))
        .filter((element) => getComputedStyle(element).display !== 'inline')
        .filter((element) =>
          [element, element.closest('label')].every((each) => {
            if (!each) return true;
            const { width, height } = reachOf(each);
            return width < least || height < least;
          }),
        )
        .map((element) => (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40));
    }),
  );
}
