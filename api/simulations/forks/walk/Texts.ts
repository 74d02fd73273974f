import type { Transaction } from 'sequelize';
import { Contents, loadTexts } from '../../../database/ledger/contents.ts';
import type { StoredText } from '../../../database/ledger/stored.ts';

/** Texts as a walk needs them: those of the ledger are read once, those it makes itself are stored by nobody. */
export class Texts {
  readonly contents = new Contents();
  readonly #transaction: Transaction;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  async all(stored: readonly StoredText[]): Promise<readonly string[]> {
    const textOf = await loadTexts(this.#transaction, stored, this.contents);
    return stored.map((each) => {
      const text = textOf(each);
      if ('ref' in each) this.contents.know(each.ref, text);
      return text;
    });
  }

  async of(stored: StoredText): Promise<string> {
    const [text = ''] = await this.all([stored]);
    return text;
  }
}
