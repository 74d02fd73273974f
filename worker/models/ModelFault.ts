export type ModelFailureType =
  | 'model.rateLimited'
  | 'model.unavailable'
  | 'model.refusedKey'
  | 'model.badRequest'
  | 'model.notFound'
  | 'model.contextTooLong'
  | 'model.refused'
  | 'model.badAnswer'
  | 'model.timeout'
  | 'model.noTools'
  | 'model.noKey';

export interface FaultKind {
  readonly type: ModelFailureType;
  readonly isRetryable: boolean;
  /** What the provider did: the rest of a sentence that begins with its name. */
  readonly did: string;
}

/** Something we saw ourselves, that no SDK reports. */
export class ModelFault extends Error {
  readonly kind: FaultKind;

  constructor(kind: FaultKind) {
    super(kind.did);
    this.kind = kind;
  }
}

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;

export const didNotBegin = (ms: number): FaultKind => ({
  type: 'model.timeout',
  isRetryable: true,
  did: `did not begin to answer within ${seconds(ms)}.`,
});

export const fellSilent = (ms: number): FaultKind => ({
  type: 'model.timeout',
  isRetryable: true,
  did: `fell silent for ${seconds(ms)} in the middle of its answer.`,
});

export const tookTooLong = (ms: number): FaultKind => ({
  type: 'model.timeout',
  isRetryable: true,
  did: `did not finish its answer within ${seconds(ms)}.`,
});

export const BROKE_OFF: FaultKind = {
  type: 'model.badAnswer',
  isRetryable: true,
  did: 'stopped in the middle of its answer.',
};

export const NOT_AN_ANSWER: FaultKind = {
  type: 'model.badAnswer',
  isRetryable: true,
  did: 'sent something that is not an answer of a model. Check the base URL if this happens again.',
};

// Asking again would most likely buy the same again.
export const TOO_LONG: FaultKind = {
  type: 'model.badAnswer',
  isRetryable: false,
  did: 'sent an answer that is too long to keep, so it was cut off.',
};

export const TOO_MANY_TOOL_CALLS: FaultKind = {
  type: 'model.badAnswer',
  isRetryable: false,
  did: 'asked for more tool calls at once than are allowed.',
};
