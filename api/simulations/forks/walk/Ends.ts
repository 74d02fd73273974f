import type { StoredText } from '../../../database/ledger/stored.ts';

/** How a node ends in a fork, as far as it is known before anything runs. */
export type End =
  | {
      readonly kind: 'answered';
      readonly text: StoredText;
      readonly isEmpty: boolean;
      readonly outcome?: string;
    }
  | { readonly kind: 'skipped'; readonly reason: 'branch' | 'condition' }
  /** It is done anew, or may be. `mayBeLeftOut`: where the way leads is not known. */
  | { readonly kind: 'unknown'; readonly mayBeLeftOut: boolean };

export type Answered = Extract<End, { kind: 'answered' }>;

export const unknown = (mayBeLeftOut: boolean): End => ({ kind: 'unknown', mayBeLeftOut });
