import {
  APIError as AnthropicApiError,
  APIConnectionError as AnthropicConnectionError,
  AnthropicError,
} from '@anthropic-ai/sdk';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { APIError as OpenAIApiError, APIConnectionError as OpenAIConnectionError, OpenAIError } from 'openai';
import type { Provider } from '#workflows/catalogue/models.ts';
import { blockedBy } from '../tools/egress/EgressBlocked.ts';
import { classify, connectionFault, type ProviderError } from './classify.ts';
import { type FaultKind, ModelFault, NOT_AN_ANSWER } from './ModelFault.ts';
import { retryDelayMs } from './retryAfter.ts';

export interface FailureContext {
  readonly provider: Provider | string;
  readonly model: string;
  /** How people call who was asked; begins the sentence. */
  readonly title?: string;
  readonly now?: number;
}

export interface ModelFailureDetails {
  readonly provider: string;
  readonly model: string;
  readonly status: number | null;
}

const MAX_NAME = 100;

/**
 * Sorts whatever a model call threw: an ApplicationFailure with a dotted type, retryable or not, with the provider's own
 * delay. Cancellation passes through. The message is ours, and there is no `cause`: failures are stored in the history,
 * and providers quote keys and prompts in their errors.
 */
export function toFailure(error: unknown, context: FailureContext): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof Error && error.name === 'AbortError') return error;
  if (error instanceof ModelFault) return failure(error.kind, context);
  if (error instanceof SyntaxError) return failure(NOT_AN_ANSWER, context);
  if (error instanceof OpenAIConnectionError || error instanceof AnthropicConnectionError) {
    const blocked = blockedBy(error);
    // The one cause that is kept, for the audit: it has a host and nothing else of the request.
    if (blocked)
      return ApplicationFailure.create({
        message: blocked.message,
        type: blocked.code,
        nonRetryable: true,
        cause: blocked,
      });
    return failure(connectionFault(error), context);
  }
  if (error instanceof OpenAIApiError || error instanceof AnthropicApiError)
    return refusal(factsOf(error), context);
  if (error instanceof OpenAIError || error instanceof AnthropicError) return failure(NOT_AN_ANSWER, context);
  // Not the provider's doing. Our own faults stay what they are, so that they are logged whole.
  return error instanceof Error ? error : new Error(String(error));
}

function refusal(facts: ProviderError, context: FailureContext): ApplicationFailure {
  const kind = classify(facts);
  const isRetryable = kind.isRetryable && facts.headers?.get('x-should-retry') !== 'false';
  return failure({ ...kind, isRetryable }, context, facts);
}

function factsOf(error: OpenAIApiError | AnthropicApiError): ProviderError {
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    // Errors in the middle of a stream have no status; some servers put it where the code belongs.
    status: error.status ?? (typeof code === 'number' ? code : undefined),
    headers: error.headers,
    type: text(error.type),
    code: text(code),
    param: 'param' in error ? text(error.param) : undefined,
    message: error.message,
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function failure(kind: FaultKind, context: FailureContext, facts?: ProviderError): ApplicationFailure {
  const { provider, model, title = titles.get(provider) ?? provider } = context;
  const details: ModelFailureDetails = {
    provider,
    model: model.slice(0, MAX_NAME),
    status: facts?.status ?? null,
  };
  const delay = kind.isRetryable ? retryDelayMs(facts?.headers, context.now) : undefined;
  return ApplicationFailure.create({
    type: kind.type,
    message: `${title} ${kind.did}`,
    nonRetryable: !kind.isRetryable,
    details: [details],
    ...(delay !== undefined && { nextRetryDelay: delay }),
  });
}

const titles = new Map<string, string>([
  ['openai', 'OpenAI'],
  ['anthropic', 'Anthropic'],
  ['demo', 'The demo model'],
]);
