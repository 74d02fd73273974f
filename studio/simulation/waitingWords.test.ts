import { describe, expect, it } from 'vitest';
import type { WaitingFor } from '#workflows/graph/eventSchema.ts';
import type { StepState } from '#workflows/simulationState.ts';
import { waitingWords } from './waitingWords.ts';

const waiting = (waitingFor: Partial<WaitingFor> & Pick<WaitingFor, 'kind'>, steps = {}) =>
  waitingWords({ waitingFor: { until: null, by: null, ...waitingFor }, steps });

describe('what is waited for', () => {
  it('names the provider and the time', () => {
    const step: Partial<StepState> = { status: 'waiting', model: 'openai/gpt-4.1-mini' };
    const until = new Date(2026, 10, 24, 14, 3).toISOString();
    expect(waiting({ kind: 'provider', until }, { path: step })).toBe('Waiting for OpenAI until 14:03');
  });

  it('names who paused', () => {
    expect(waiting({ kind: 'paused', by: 'Maya' })).toBe('Paused by Maya');
    expect(waiting({ kind: 'paused' })).toBe('Paused');
  });

  it('is silent when nothing is waited for', () => {
    expect(waitingWords({ waitingFor: null, steps: {} })).toBe('');
  });
});
