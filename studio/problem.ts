import { z } from 'zod/mini';

/** What the api says of an error. Written here as it is read: the network may answer anything. */
const ApiError = z.object({
  message: z.string(),
  data: z.object({
    code: z.string(),
    httpStatus: z.number(),
    requestId: z.nullable(z.string()),
    details: z.optional(z.unknown()),
  }),
});

export interface Problem {
  /** Stable and dotted; `network` when nobody answered. */
  readonly code: string;
  /** A sentence for people. */
  readonly message: string;
  readonly requestId: string | undefined;
  readonly details: unknown;
  /** Trying again may help. */
  readonly isTemporary: boolean;
}

/** Whatever went wrong, as something that can be shown and decided on. */
export function problemOf(error: unknown): Problem {
  const parsed = ApiError.safeParse(error);
  if (!parsed.success) {
    return {
      code: 'network',
      message: 'The server does not answer. Check your connection.',
      requestId: undefined,
      details: undefined,
      isTemporary: true,
    };
  }
  const { message, data } = parsed.data;
  return {
    code: data.code,
    message,
    requestId: data.requestId ?? undefined,
    details: data.details,
    isTemporary: data.httpStatus >= 500 || data.httpStatus === 429,
  };
}

/** There is no such thing for who asks, or what the address names it by is no id at all. */
export function isNotThere(error: unknown): boolean {
  const { code } = problemOf(error);
  return code === 'notFound' || code === 'request.invalid';
}
