import { describe, expect, it } from 'vitest';
import { costMicros, defaultMaxTokens, worstCostMicros } from './prices.ts';

describe('costMicros', () => {
  it('adds input and output at their own prices', () => {
    expect(costMicros('openai/gpt-4.1-mini', { inputTokens: 1_000, outputTokens: 500 })).toBe(400 + 800);
  });

  it('rounds up to whole micro-dollars', () => {
    expect(costMicros('gpt-4o-mini', { inputTokens: 1, outputTokens: 0 })).toBe(1);
    expect(costMicros('gpt-4o-mini', { inputTokens: 7, outputTokens: 0 })).toBe(2);
  });

  it('takes the dearer price once the input is long', () => {
    const at = (inputTokens: number) => costMicros('claude-haiku-5-5', { inputTokens, outputTokens: 1_000 });
    expect(at(100_000)).toBe(10_000 + 500);
    expect(at(100_001)).toBe(50_001 + 2_500);
  });

  it('never calls an unknown price or an unknown usage free', () => {
    expect(costMicros('openai/my-own-model', { inputTokens: 10, outputTokens: 10 })).toBeUndefined();
    expect(costMicros('ollama/llama3', { inputTokens: 10, outputTokens: 10 })).toBeUndefined();
    expect(costMicros('gpt-4o', null)).toBeUndefined();
  });

  it('knows that the demo costs nothing', () => {
    expect(costMicros('demo/stand-in', { inputTokens: 10, outputTokens: 10 })).toBe(0);
    expect(costMicros('demo/other', null)).toBe(0);
  });
});

describe('worstCostMicros', () => {
  it('is never below what the call then costs', () => {
    const text = 'Why is the sky blue? '.repeat(100);
    const worst = worstCostMicros('claude-opus-5-5', text.length, 1_000) ?? 0;
    const real = costMicros('claude-opus-5-5', { inputTokens: text.length / 4, outputTokens: 900 }) ?? 0;
    expect(worst).toBeGreaterThan(real);
  });

  it('is unknown for an unknown model', () => {
    expect(worstCostMicros('openai/mine', 10, 10)).toBeUndefined();
  });
});

describe('defaultMaxTokens', () => {
  it('leaves room for thoughts where a model has them', () => {
    expect(defaultMaxTokens('gpt-4o')).toBe(8_192);
    expect(defaultMaxTokens('claude-opus-5-5')).toBe(32_000);
    expect(defaultMaxTokens('demo/stand-in')).toBe(4_000);
    expect(defaultMaxTokens('openai/mine')).toBe(8_192);
  });
});
