import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError, ERROR_STATUS, type ErrorCode } from './errors.ts';

/** What a caller is told of an error, whichever face it came through. Nothing of our insides is in it. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly status: number;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

const PROBLEMS_SHOWN = 20;

/** Turns anything thrown into what may be said about it. What we did not mean to throw becomes `internal`. */
export function toRefusal(error: unknown): Refusal {
  const inner = error instanceof TRPCError && error.cause ? error.cause : error;
  if (inner instanceof AppError) return refusal(inner.code, inner.message, inner.details);
  // Express says so of a percent sign that begins nothing.
  if (inner instanceof URIError) return refusal('request.invalid', 'The address is not valid.');
  if (!(error instanceof TRPCError)) return internal;
  if (error.code === 'BAD_REQUEST' && inner instanceof ZodError) return invalidInput(inner);
  const code = TRPC_CODES.get(error.code);
  return code ? refusal(code, SENTENCES.get(code) ?? 'The request is not valid.') : internal;
}

const refusal = (code: ErrorCode, message: string, details: Refusal['details'] = {}): Refusal => ({
  code,
  status: ERROR_STATUS[code],
  message,
  details,
});

const internal = refusal('internal', 'Something went wrong on our side.');

/** tRPC’s own refusals, which carry no AppError. All others are faults of ours. */
const TRPC_CODES = new Map<TRPCError['code'], ErrorCode>([
  ['BAD_REQUEST', 'request.invalid'],
  ['PARSE_ERROR', 'request.invalid'],
  ['NOT_FOUND', 'notFound'],
  ['METHOD_NOT_SUPPORTED', 'request.methodNotAllowed'],
  ['PAYLOAD_TOO_LARGE', 'request.tooLarge'],
  ['UNSUPPORTED_MEDIA_TYPE', 'request.unsupportedType'],
]);

const SENTENCES = new Map<ErrorCode, string>([
  ['notFound', 'There is no such address.'],
  ['request.methodNotAllowed', 'This address does not take that method.'],
  ['request.tooLarge', 'The request is too large.'],
  ['request.unsupportedType', 'Requests are JSON: send Content-Type: application/json.'],
]);

function invalidInput(error: ZodError): Refusal {
  const problems = error.issues.slice(0, PROBLEMS_SHOWN).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 300),
    message: issue.message.slice(0, 300),
  }));
  return refusal('request.invalid', 'The request is not valid.', { problems });
}
