import Anthropic from '@anthropic-ai/sdk';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { BROKE_OFF, ModelFault, TOO_LONG } from './ModelFault.ts';
import { toFailure } from './toFailure.ts';

const KEY = 'sk-proj-0123456789abcdef';
const SECRET = `Incorrect API key provided: ${KEY}. You said: my private prompt`;
const now = Date.parse('2026-11-24T12:00:00Z');

function openai(status: number | undefined, error: object, headers: Record<string, string> = {}) {
  return new OpenAI.APIError(status, { message: SECRET, ...error }, undefined, new Headers(headers));
}

function anthropic(status: number, type: string, message = SECRET) {
  return Anthropic.APIError.generate(
    status,
    { type: 'error', error: { type, message } },
    undefined,
    new Headers(),
  );
}

function sort(error: unknown): ApplicationFailure {
  const failure = toFailure(error, { provider: 'openai', model: 'gpt-4o', now });
  if (!(failure instanceof ApplicationFailure)) throw failure;
  return failure;
}

describe('toFailure', () => {
  it.each([
    [openai(400, { type: 'invalid_request_error' }), 'model.badRequest', true],
    [openai(400, { code: 'context_length_exceeded' }), 'model.contextTooLong', true],
    [openai(400, { type: 'exceed_context_size_error' }), 'model.contextTooLong', true],
    [
      openai(400, { message: "This model's maximum context length is 4096 tokens." }),
      'model.contextTooLong',
      true,
    ],
    [openai(400, { code: 'content_filter' }), 'model.refused', true],
    [openai(400, { code: 'content_policy_violation' }), 'model.refused', true],
    [openai(401, { code: 'invalid_api_key' }), 'model.refusedKey', true],
    [openai(402, {}), 'model.refusedKey', true],
    [openai(403, {}), 'model.refusedKey', true],
    [openai(404, { code: 'model_not_found' }), 'model.notFound', true],
    [openai(408, {}), 'model.timeout', false],
    [openai(409, {}), 'model.unavailable', false],
    [openai(422, {}), 'model.badRequest', true],
    [openai(429, { code: 'rate_limit_exceeded' }), 'model.rateLimited', false],
    [openai(429, { message: 'Too many tokens per minute' }), 'model.rateLimited', false],
    [openai(429, { code: 'insufficient_quota' }), 'model.refusedKey', true],
    [openai(500, { type: 'invalid_request_error' }), 'model.unavailable', false],
    [openai(503, {}), 'model.unavailable', false],
    [openai(504, {}), 'model.timeout', false],
    [openai(301, {}), 'model.badAnswer', false],
    [openai(undefined, { type: 'server_error' }), 'model.unavailable', false],
    [openai(undefined, { code: 'rate_limit_exceeded' }), 'model.rateLimited', false],
    [openai(undefined, { code: 502 }), 'model.unavailable', false],
    [anthropic(400, 'invalid_request_error'), 'model.badRequest', true],
    [
      anthropic(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
      'model.contextTooLong',
      true,
    ],
    [anthropic(400, 'invalid_request_error', 'Your credit balance is too low'), 'model.refusedKey', true],
    [anthropic(401, 'authentication_error'), 'model.refusedKey', true],
    [anthropic(403, 'permission_error'), 'model.refusedKey', true],
    [anthropic(404, 'not_found_error'), 'model.notFound', true],
    [anthropic(413, 'request_too_large'), 'model.contextTooLong', true],
    [anthropic(429, 'rate_limit_error'), 'model.rateLimited', false],
    [anthropic(500, 'api_error'), 'model.unavailable', false],
    [anthropic(529, 'overloaded_error'), 'model.unavailable', false],
    [new OpenAI.APIConnectionError({ message: SECRET }), 'model.unavailable', false],
    [new OpenAI.APIConnectionTimeoutError(), 'model.timeout', false],
    [new Anthropic.APIConnectionTimeoutError(), 'model.timeout', false],
    [
      new Anthropic.APIConnectionError({
        cause: new TypeError('fetch failed', {
          cause: Object.assign(new Error(SECRET), { code: 'UND_ERR_HEADERS_TIMEOUT' }),
        }),
      }),
      'model.timeout',
      false,
    ],
    [new OpenAI.OpenAIError(SECRET), 'model.badAnswer', false],
    [new SyntaxError(SECRET), 'model.badAnswer', false],
    [new ModelFault(BROKE_OFF), 'model.badAnswer', false],
    [new ModelFault(TOO_LONG), 'model.badAnswer', true],
  ])('sorts case %#: %s', (error, type, nonRetryable) => {
    const failure = sort(error);
    expect(failure).toMatchObject({ type, nonRetryable });
    expect(failure.message).toMatch(/^OpenAI [a-z].+\.$/);
    const everything = JSON.stringify([failure.message, failure.stack, failure.details, failure.cause]);
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain('private prompt');
  });

  it('names a parameter that the provider objects to, if it looks like one', () => {
    expect(sort(openai(400, { param: 'temperature' })).message).toContain('"temperature"');
    expect(sort(openai(400, { param: KEY })).message).not.toContain('sk-');
    expect(sort(openai(400, { param: 'messages.[0] my private prompt' })).message).not.toContain('private');
  });

  it('gives provider, model and status as details, and nothing else', () => {
    expect(sort(openai(500, {})).details).toEqual([{ provider: 'openai', model: 'gpt-4o', status: 500 }]);
    expect(sort(new SyntaxError()).details).toEqual([{ provider: 'openai', model: 'gpt-4o', status: null }]);
  });

  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '1500', 'retry-after': '7' }, 1_500],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': '86400' }, 600_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after-ms': 'NaN' }, undefined],
    [{}, undefined],
  ])('waits as %j says', (headers, delay) => {
    expect(sort(openai(429, {}, headers)).nextRetryDelay).toBe(delay);
  });

  it('gives no delay to what is not tried again', () => {
    expect(sort(openai(401, {}, { 'retry-after': '7' })).nextRetryDelay).toBeUndefined();
  });

  it('does not try again when the provider says so', () => {
    expect(sort(openai(429, {}, { 'x-should-retry': 'false' })).nonRetryable).toBe(true);
    expect(sort(openai(401, {}, { 'x-should-retry': 'true' })).nonRetryable).toBe(true);
  });

  it('passes on cancellation, what is sorted already, and our own faults', () => {
    const context = { provider: 'openai', model: 'gpt-4o' };
    const own = new TypeError('a mistake');
    for (const error of [
      new CancelledFailure('x'),
      sort(openai(500, {})),
      own,
      new DOMException('x', 'AbortError'),
    ]) {
      expect(toFailure(error, context)).toBe(error);
    }
    expect(toFailure('text', context)).toEqual(new Error('text'));
  });
});
