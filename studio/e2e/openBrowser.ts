import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { requireChromium } from '#launch/chromium.ts';

// The browser stays on this machine: no update, no sync, no graphics card.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: requireChromium(), args: FLAGS });

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors that a test provokes on purpose; all others fail it at `leave`. */
  readonly expectErrors: (pattern: RegExp) => void;
  readonly leave: () => Promise<void>;
}

export interface VisitOptions {
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly hasTouch?: boolean;
}

/** Browsers say so themselves for most, and not for all: what is refused inside a library's `catch` is told here. */
const sayWhatPolicyRefused = `addEventListener('securitypolicyviolation', (event) =>
  console.error('Refused by the policy: ' + event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample))`;

/** A save is over in a moment: that something was edited is noted on the page, for whoever looks later. */
const noteEdits = `new MutationObserver(() => {
  if (document.querySelector('[data-testid=save-chip]:not([data-state=saved])'))
    document.documentElement.dataset.edited = '';
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] })`;

/** Somebody new in a browser of their own. Whatever the page complains of is held against the test. */
export async function visit(browser: Browser, options: VisitOptions): Promise<Visit> {
  const { url, width = 1280, height = 800, theme = 'light', hasTouch = false } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    hasTouch,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await context.addInitScript(sayWhatPolicyRefused);
  await context.addInitScript(noteEdits);
  const page = await context.newPage();
  const complaints: string[] = [];
  const expected: RegExp[] = [];
  const complain = (text: string) => complaints.push(text);
  context.on('page', watch);
  watch(page);

  function watch(watched: Page): void {
    watched.on('pageerror', (error) => complain(`${error.message}\n${error.stack ?? ''}`));
    watched.on('console', (message) => {
      if (message.type() === 'error') complain(message.text());
    });
    watched.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(url))
        complain(`asked a stranger: ${request.url()}`);
    });
  }
  return {
    page,
    context,
    expectErrors: (pattern) => expected.push(pattern),
    leave: async () => {
      await context.close();
      const unexpected = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
      if (unexpected.length > 0)
        throw new Error(`The page complained:\n${unexpected.join('\n').slice(0, 3_000)}`);
    },
  };
}
