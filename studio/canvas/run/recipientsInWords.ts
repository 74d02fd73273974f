import type { OpenTool, Recipients } from '#workflows/graph/recipients.ts';

const OPEN = {
  web_search: 'the search service',
  read_web_page: 'web pages that agents open',
  http_request: 'web addresses that agents ask',
  send_mail: 'people whom agents mail',
} as const satisfies Record<OpenTool, string>;

/** One sentence for whoever is about to run a crew: who gets to read parts of it. */
export function recipientsInWords(recipients: Recipients): string {
  const { models, callbacks, toolServers, openTools, looksUp, hasInnerCrews } = recipients;
  const all = [
    ...models,
    ...(looksUp ? ['the embedding model of this workspace'] : []),
    ...toolServers.map((server) => `the tool server “${server}”`),
    ...callbacks.map((host) => `${host} (called back)`),
    ...openTools.map((tool) => OPEN[tool]),
    ...(hasInnerCrews ? ['whom the crews inside it name'] : []),
  ];
  if (all.length === 0) return 'What it works on stays on this server.';
  return `What it works on is sent to ${new Intl.ListFormat('en').format(all)}.`;
}
