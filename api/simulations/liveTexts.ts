import type { Delta } from '#workflows/graph/eventSchema.ts';

/** A step that is being answered, as its row says: the text so far may lag a second behind the deltas. */
export type PartialText = Omit<Delta, 'offset'>;

/** Unsent text that one follower may pile up. Beyond it text is dropped, and read from the row again later. */
const PENDING_CHARS = 256_000;

interface Answer {
  readonly epoch: number;
  readonly attempt: number;
  readonly nodeId: string;
  /** Length of what the follower has. */
  sent: number;
  pending: Delta[];
  isEnded: boolean;
}

const isNewer = (a: Pick<Delta, 'epoch' | 'attempt'>, b: Pick<Delta, 'epoch' | 'attempt'>): boolean =>
  a.epoch > b.epoch || (a.epoch === b.epoch && a.attempt > b.attempt);

/**
 * What one follower has seen of answers that are being written. Deltas may be lost, repeated or come in before it
 * joined; what goes out is always the next piece of the newest attempt.
 */
export class LiveTexts {
  readonly #answers = new Map<string, Answer>();
  #pendingChars = 0;
  #hasGap = true;

  /** True when something is missing that the steps' rows may have. */
  get hasGap(): boolean {
    return this.#hasGap;
  }

  take(delta: Delta): void {
    const answer = this.#answerFor(delta);
    if (!answer) return;
    if (this.#pendingChars + delta.text.length > PENDING_CHARS) this.#dropPending();
    answer.pending.push(delta);
    this.#pendingChars += delta.text.length;
  }

  /** The texts so far as rows have them. Whatever is still missing then comes with a later look. */
  takePartials(partials: readonly PartialText[]): void {
    this.#hasGap = false;
    for (const partial of partials) {
      const answer = this.#answerFor(partial);
      if (answer && partial.text.length > answer.sent) answer.pending.unshift({ ...partial, offset: 0 });
    }
  }

  /** The step has ended: the ledger has its answer, and late pieces of it are of no use. */
  end({ path, nodeId, epoch, attempt }: Omit<Delta, 'offset' | 'text'>): void {
    const answer = this.#answerFor({ path, nodeId, epoch, attempt });
    if (!answer) return;
    answer.isEnded = true;
    answer.pending = [];
  }

  /** Pieces to send now: one for each answer that grew. */
  drain(): Delta[] {
    this.#pendingChars = 0;
    return [...this.#answers].flatMap(([path, answer]) => {
      const offset = answer.sent;
      const text = this.#join(answer);
      const { nodeId, epoch, attempt } = answer;
      return text === '' ? [] : [{ path, nodeId, epoch, attempt, offset, text }];
    });
  }

  #join(answer: Answer): string {
    const pieces: string[] = [];
    const late: Delta[] = [];
    for (const delta of answer.pending) {
      const known = answer.sent - delta.offset;
      if (known < 0) {
        late.push(delta);
        this.#pendingChars += delta.text.length;
        this.#hasGap = true;
      } else if (known < delta.text.length) {
        pieces.push(delta.text.slice(known));
        answer.sent = delta.offset + delta.text.length;
      }
    }
    answer.pending = late;
    return pieces.join('');
  }

  /** The state to add to, or null when this belongs to an attempt that is over. A newer attempt begins anew. */
  #answerFor({ path, nodeId, epoch, attempt }: Omit<Delta, 'offset' | 'text'>): Answer | null {
    const known = this.#answers.get(path);
    if (known && !isNewer({ epoch, attempt }, known)) {
      return known.isEnded || isNewer(known, { epoch, attempt }) ? null : known;
    }
    const answer: Answer = { epoch, attempt, nodeId, sent: 0, pending: [], isEnded: false };
    this.#answers.set(path, answer);
    return answer;
  }

  #dropPending(): void {
    for (const answer of this.#answers.values()) answer.pending = [];
    this.#pendingChars = 0;
    this.#hasGap = true;
  }
}
