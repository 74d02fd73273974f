/** Longer waits than this are tried once in between: providers ask for hours after a daily limit, then lift it. */
const MAX_RETRY_DELAY_MS = 10 * 60_000;

/** How long the provider asks to wait: `retry-after-ms`, or `retry-after` in seconds or as an HTTP date. */
export function retryDelayMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const exact = parseNumber(headers?.get('retry-after-ms'));
  const coarse = headers?.get('retry-after') ?? '';
  const seconds = parseNumber(coarse);
  const fromSeconds = seconds === undefined ? Date.parse(coarse) - now : seconds * 1_000;
  const delay = exact ?? fromSeconds;
  if (!Number.isFinite(delay) || delay < 0) return undefined;
  return Math.min(Math.ceil(delay), MAX_RETRY_DELAY_MS);
}

function parseNumber(text: string | null | undefined): number | undefined {
  return text && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
