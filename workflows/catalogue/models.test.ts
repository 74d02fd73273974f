import { describe, expect, it } from 'vitest';
import { findModel, MODELS, PROVIDERS, reasons, splitModel } from './models.ts';

describe('splitModel', () => {
  it.each([
    ['openai/gpt-4.1-mini', 'openai', 'gpt-4.1-mini'],
    ['OpenAI/gpt-4o', 'openai', 'gpt-4o'],
    ['openai/meta-llama/Llama-3-8B', 'openai', 'meta-llama/Llama-3-8B'],
    ['anthropic/claude-sonnet-5-5', 'anthropic', 'claude-sonnet-5-5'],
    ['demo/anything', 'demo', 'anything'],
    ['gpt-4o', 'openai', 'gpt-4o'],
    ['o3', 'openai', 'o3'],
    ['o4-mini', 'openai', 'o4-mini'],
    ['chatgpt-4o-latest', 'openai', 'chatgpt-4o-latest'],
    ['claude-haiku-4-5-20251001', 'anthropic', 'claude-haiku-4-5-20251001'],
    [' gpt-4o ', 'openai', 'gpt-4o'],
  ])('reads %j', (name, provider, model) => {
    expect(splitModel(name)).toEqual({ provider, model });
  });

  it('reads which server of the workspace has a model', () => {
    expect(splitModel('custom/our-server/meta-llama/Llama-3-8B')).toEqual({
      provider: 'custom',
      server: 'our-server',
      model: 'meta-llama/Llama-3-8B',
    });
  });

  it.each([
    'custom/llama3',
    'custom/our-server/',
    'custom/__proto__/x',
    'custom/Our Server/x',
    'ollama/llama3',
    'llama3',
    '',
    '/',
    'openai/',
    '/gpt-4o',
    '__proto__/x',
    'constructor',
    'o1x',
    'mygpt-4',
  ])('knows nobody for %j', (name) => {
    expect(splitModel(name)).toBeUndefined();
  });
});

describe('the catalogue', () => {
  it('names every model once, under a provider, so that it can be found again', () => {
    for (const entry of MODELS) {
      expect(PROVIDERS).toContain(entry.provider);
      expect(findModel(`${entry.provider}/${entry.model}`)).toBe(entry);
    }
    expect(new Set(MODELS.map((entry) => entry.model)).size).toBe(MODELS.length);
  });

  it('keeps sizes and prices plausible whole numbers', () => {
    for (const { contextTokens, maxOutputTokens, price, longInput } of MODELS) {
      expect(maxOutputTokens).toBeLessThanOrEqual(contextTokens);
      for (const number of [contextTokens, maxOutputTokens, price.input, price.output]) {
        expect(Number.isInteger(number)).toBe(true);
      }
      expect(price.output).toBeGreaterThanOrEqual(price.input);
      if (longInput) expect(longInput.price.input).toBeGreaterThan(price.input);
    }
  });

  it('gives no sampling to those that think, and nothing of a demo that it has not', () => {
    for (const { reasons: thinks, capabilities } of MODELS) {
      if (thinks) expect(capabilities.temperature).toBe(false);
    }
    expect(findModel('demo/stand-in')?.capabilities.images).toBe(false);
  });

  it('takes a dated name for the model it is a snapshot of', () => {
    expect(findModel('gpt-4o-mini-2024-07-18')?.model).toBe('gpt-4o-mini');
    expect(findModel('anthropic/claude-haiku-4-5-20251001')?.model).toBe('claude-haiku-4-5');
    expect(findModel('gpt-4o-audio-preview')).toBeUndefined();
  });
});

describe('reasons', () => {
  it.each([
    'gpt-6-luna',
    'o3',
    'o4-mini',
    'gpt-5-mini',
    'gpt-7',
    'claude-opus-5-5',
    'claude-opus-4-7',
    'claude-next',
  ])('knows that %s thinks first', (name) => {
    expect(reasons(name)).toBe(true);
  });

  it.each([
    'gpt-4o',
    'gpt-4.1-mini',
    'gpt-5-chat-latest',
    'claude-haiku-4-5',
    'claude-opus-4-20250514',
    'claude-sonnet-4-6',
    'claude-3-5-sonnet-latest',
    'openai/llama-3',
    'demo/stand-in',
    'ollama/x',
  ])('knows that %s does not', (name) => {
    expect(reasons(name)).toBe(false);
  });
});
