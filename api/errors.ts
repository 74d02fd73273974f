/**
 * Every way in which the api refuses, with the HTTP status it becomes. Codes are stable; programs branch on them.
 * One map: tRPC and REST both read it.
 */
export const ERROR_STATUS = {
  'request.invalid': 400,
  'request.tooDeep': 400,
  'request.methodNotAllowed': 405,
  'request.tooLarge': 413,
  'request.unsupportedType': 415,
  'session.required': 401,
  'session.crossSite': 403,
  'session.notRecent': 403,
  'session.secondFactor': 401,
  'secondFactor.wrongCode': 401,
  'secondFactor.isOn': 409,
  'secondFactor.isOff': 409,
  'user.wrongCredentials': 401,
  'user.guest': 403,
  'user.disabled': 403,
  'user.emailTaken': 409,
  'user.unverified': 403,
  'user.notAdmin': 403,
  'user.lastAdmin': 409,
  'user.leaving': 403,
  'user.lastOwner': 409,
  'export.tooSoon': 409,
  'token.invalid': 400,
  'workspace.forbidden': 403,
  'workspace.roleChanged': 403,
  'workspace.personal': 422,
  'workspace.lastOwner': 409,
  'workspace.tooMany': 409,
  'invitation.member': 409,
  'invitation.otherAddress': 403,
  'workspace.stopped': 409,
  notFound: 404,
  'agent.conflict': 409,
  'agent.problems': 422,
  'crew.conflict': 409,
  'crew.problems': 422,
  'crew.unreadable': 422,
  'simulation.missingInputs': 422,
  'simulation.closed': 409,
  'simulation.notFailed': 409,
  'simulation.notCompleted': 409,
  'simulation.running': 409,
  'question.answered': 409,
  'question.expired': 409,
  'idempotency.otherBody': 422,
  'file.unsupportedType': 415,
  'file.quotaUsed': 413,
  'knowledge.full': 409,
  'knowledge.inUse': 409,
  'mcp.full': 409,
  'mcp.otherTools': 409,
  'rate.limited': 429,
  'engine.unavailable': 503,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** A refusal: a stable code, a sentence for people, and what a program needs to react. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** The same answer for what is not there and what is not yours. */
export const notFound = (what: string): AppError => new AppError('notFound', `There is no such ${what}.`);

/** A value in a request that is not what it should be. `path` names it with dots, as in `inputs.topic`. */
export const invalid = (path: string, message: string): AppError =>
  new AppError('request.invalid', 'The request is not valid.', { problems: [{ path, message }] });
