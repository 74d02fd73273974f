import { formsOf, redact, type Secret } from './redact.ts';

/** Takes secrets out of a text that comes in pieces, wherever it was cut: what might be the beginning of one is held back. */
export class StreamRedactor {
  readonly #secrets: readonly Secret[];
  readonly #forms: readonly string[];
  readonly #onText: (text: string) => void;
  #held = '';

  constructor(secrets: readonly Secret[], onText: (text: string) => void) {
    this.#secrets = secrets;
    this.#forms = secrets.flatMap(({ value }) => formsOf(value));
    this.#onText = onText;
  }

  add(piece: string): void {
    const text = redact(this.#held + piece, this.#secrets);
    const end = text.length - this.#beginningAtEnd(text);
    this.#held = text.slice(end);
    if (end > 0) this.#onText(text.slice(0, end));
  }

  /** Nothing more comes: what was held back was no secret. */
  end(): void {
    if (this.#held !== '') this.#onText(this.#held);
    this.#held = '';
  }

  /** How many characters at the end of a text may be the beginning of a secret. */
  #beginningAtEnd(text: string): number {
    return this.#forms.reduce((most, form) => Math.max(most, overlap(text, form)), 0);
  }
}

function overlap(text: string, form: string): number {
  for (let length = Math.min(form.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(form.slice(0, length))) return length;
  }
  return 0;
}
