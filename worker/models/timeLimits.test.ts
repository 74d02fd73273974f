import { describe, expect, it } from 'vitest';
import type { ModelRequest } from './ModelClient.ts';
import { MAX_CALL_MS, timeLimits } from './timeLimits.ts';

const request = (model: string, chars: number, maxTokens?: number): ModelRequest => ({
  model,
  messages: [{ role: 'user', content: 'x'.repeat(chars) }],
  tools: [],
  parameters: { maxTokens },
});

describe('timeLimits', () => {
  it('gives a short request a minute to begin', () => {
    const { firstByteMs, idleMs } = timeLimits(request('gpt-4o', 100));
    expect(firstByteMs).toBe(60_600);
    expect(idleMs).toBe(60_000);
  });

  it('gives a long request longer, but less than the fetch below it', () => {
    expect(timeLimits(request('gpt-4o', 10_000)).firstByteMs).toBe(120_000);
    expect(timeLimits(request('gpt-4o', 1_000_000)).firstByteMs).toBe(290_000);
  });

  it('lets thinking models be silent', () => {
    expect(timeLimits(request('gpt-6-luna', 10))).toEqual({
      firstByteMs: 290_000,
      idleMs: 290_000,
      totalMs: MAX_CALL_MS,
    });
    expect(timeLimits(request('claude-opus-5-5', 10)).idleMs).toBe(60_000);
  });

  it('allows more time for longer answers, up to the limit of the activity', () => {
    expect(timeLimits(request('gpt-4o', 0, 1_000)).totalMs).toBe(60_000 + 200_000);
    expect(timeLimits(request('gpt-4o', 0, 100_000)).totalMs).toBe(MAX_CALL_MS);
  });
});
