import { APIConnectionTimeoutError as AnthropicTimeout } from '@anthropic-ai/sdk';
import { APIConnectionTimeoutError as OpenAITimeout } from 'openai';
import { type FaultKind, type ModelFailureType, NOT_AN_ANSWER } from './ModelFault.ts';

/** What a provider said when it refused. `message` is looked at and never passed on. */
export interface ProviderError {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  readonly type: string | undefined;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly message: string;
}

const final = (type: ModelFailureType, did: string): FaultKind => ({ type, did, isRetryable: false });
const passing = (type: ModelFailureType, did: string): FaultKind => ({ type, did, isRetryable: true });

const RATE_LIMITED = passing('model.rateLimited', 'is limiting how much may be asked of it just now.');
const UNAVAILABLE = passing('model.unavailable', 'has trouble of its own and could not answer.');
const UNREACHABLE = passing('model.unavailable', 'could not be reached.');
const TIMEOUT = passing('model.timeout', 'took too long and gave up.');
const REFUSED_KEY = final('model.refusedKey', 'does not accept the key, or the key may not use this model.');
const NO_CREDIT = final('model.refusedKey', 'says that the account behind the key has no credit left.');
const NOT_FOUND = final('model.notFound', 'does not know this model.');
const TOO_LONG = final('model.contextTooLong', 'cannot take a conversation this long with this model.');
const NO_TOOLS = final('model.noTools', 'has no tools for this model.');
const REFUSED = final('model.refused', 'refused to answer because of its rules on content.');

/** A parameter is named only if it looks like one: everything else in an error may quote the request. */
function badRequest(param: string | undefined): FaultKind {
  const named = param && /^[a-z][a-z0-9_.]{0,40}$/.test(param) ? `: it objects to "${param}"` : '';
  return final('model.badRequest', `cannot work with this request${named}.`);
}

// Codes and types of OpenAI and its imitators, then of Anthropic.
const BY_NAME = new Map<string, FaultKind>([
  ['context_length_exceeded', TOO_LONG],
  ['exceed_context_size_error', TOO_LONG],
  ['request_too_large', TOO_LONG],
  ['content_filter', REFUSED],
  ['content_policy_violation', REFUSED],
  ['invalid_prompt', REFUSED],
  ['insufficient_quota', NO_CREDIT],
  ['billing_error', NO_CREDIT],
  ['model_not_found', NOT_FOUND],
  ['not_found_error', NOT_FOUND],
  ['invalid_api_key', REFUSED_KEY],
  ['authentication_error', REFUSED_KEY],
  ['permission_error', REFUSED_KEY],
  ['rate_limit_exceeded', RATE_LIMITED],
  ['rate_limit_error', RATE_LIMITED],
  ['overloaded_error', UNAVAILABLE],
  ['server_error', UNAVAILABLE],
  ['api_error', UNAVAILABLE],
  ['timeout_error', TIMEOUT],
]);

const BY_STATUS = new Map<number, FaultKind>([
  [401, REFUSED_KEY],
  [402, NO_CREDIT],
  [403, REFUSED_KEY],
  [404, NOT_FOUND],
  [408, TIMEOUT],
  [409, UNAVAILABLE],
  [413, TOO_LONG],
  [425, UNAVAILABLE],
  [429, RATE_LIMITED],
  [504, TIMEOUT],
]);

// For servers that only say it in words: vLLM, llama.cpp, Anthropic.
const LONG_WORDS =
  /context (length|size|window)|maximum context|prompt is too long|too many (input )?tokens/i;
const NO_TOOLS_WORDS =
  /does not support (tools|tool use|tool calling|function calling|functions)|(tools?|function) (use|calling|calls?) (is|are) not supported|no endpoints found that support tool use|requires? --jinja/i;
const CREDIT_WORDS = /credit balance is too low/i;

/** What kind of failure a provider's error is, by the most telling thing about it. */
export function classify(error: ProviderError): FaultKind {
  const { status, message } = error;
  const isClientFault = status === undefined || (status >= 400 && status < 500);
  const named = BY_NAME.get(error.code ?? '') ?? BY_NAME.get(error.type ?? '');
  if (isClientFault && status !== 429 && LONG_WORDS.test(message)) return TOO_LONG;
  // Servers that run llama.cpp say it with a 500.
  if (status !== 429 && NO_TOOLS_WORDS.test(message)) return NO_TOOLS;
  if (isClientFault && CREDIT_WORDS.test(message)) return NO_CREDIT;
  // A name says more than a status, except that a server fault is never the client's.
  if (named && (isClientFault || named.isRetryable)) return named;
  if (status === undefined)
    return error.type === 'invalid_request_error' ? badRequest(error.param) : UNAVAILABLE;
  if (status >= 500) return BY_STATUS.get(status) ?? UNAVAILABLE;
  if (status >= 400) return BY_STATUS.get(status) ?? badRequest(error.param);
  return NOT_AN_ANSWER;
}

/** Neither SDK gives its time-out a name or a code of its own, only a class. */
const isSdkTimeout = (error: unknown) => error instanceof OpenAITimeout || error instanceof AnthropicTimeout;

const TIMEOUT_CODES = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
]);

/** For errors without any answer: nobody there, a broken connection, a time-out below us. */
export function connectionFault(error: unknown): FaultKind {
  if (isSdkTimeout(error)) return TIMEOUT;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (TIMEOUT_CODES.has(code) || cause.name === 'TimeoutError') return TIMEOUT;
  }
  return UNREACHABLE;
}
