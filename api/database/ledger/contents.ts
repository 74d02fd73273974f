import { createHash } from 'node:crypto';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { cleanText } from './cleanText.ts';
import type { StoredText } from './stored.ts';

/** Below this a reference would take as much room as the text. */
const SHORTEST_CONTENT = 64;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Collects the texts of one write, each once, and gives the form in which rows name them. */
export class Contents {
  readonly #rows = new Map<string, { sha256: Buffer; text: string }>();
  readonly #written = new Map<string, string>();

  /** Cleans the text. Long ones are kept for `insert`. */
  add(raw: string): StoredText {
    const text = cleanText(raw);
    if (text.length < SHORTEST_CONTENT) return { text };
    const sha256 = hash(text);
    const ref = sha256.toString('base64url');
    this.#rows.set(ref, { sha256, text });
    return { ref };
  }

  /** Like `add`, but kept as a row of its own however short: for what is found by its hash alone. */
  addWhole(raw: string): StoredText {
    const text = cleanText(raw);
    const sha256 = hash(text);
    const ref = sha256.toString('base64url');
    this.#rows.set(ref, { sha256, text });
    return { ref };
  }

  /** A text that is written already. */
  know(ref: string, text: string): void {
    this.#written.set(ref, text);
  }

  /** A text that was named here, whether written already or not. */
  textOf(ref: string): string | undefined {
    return this.#rows.get(ref)?.text ?? this.#written.get(ref);
  }

  /** Writes what is new, in order of hash: two writers that share texts then cannot lock each other out. */
  async insert(transaction: AnyTransaction, workspaceId: string): Promise<void> {
    if (this.#rows.size === 0) return;
    await insertContents(transaction, workspaceId, [...this.#rows.values()]);
  }
}

/** The one way in which texts become rows: it also takes them from those that the caretaker is about to remove. */
export async function insertContents(
  transaction: AnyTransaction,
  workspaceId: string,
  given: readonly { readonly sha256: Buffer; readonly text: string }[],
): Promise<void> {
  const rows = given.toSorted((a, b) => a.sha256.compare(b.sha256));
  await runPrepared(transaction, INSERT, [
    workspaceId,
    rows.map((row) => row.sha256),
    rows.map((row) => row.text),
  ]);
}

/** SHA-256 as the column has it, of a text that `Contents.add` gave a form. */
export const contentHash = (stored: StoredText): Buffer =>
  'ref' in stored ? Buffer.from(stored.ref, 'base64url') : hash(stored.text);

/**
 * Reads many texts at once and resolves the forms that rows hold; those in `known` are not read. A missing one is a broken
 * ledger: it throws.
 */
export async function loadTexts(
  transaction: AnyTransaction,
  stored: Iterable<StoredText>,
  known = new Contents(),
): Promise<(text: StoredText) => string> {
  const refs = new Set<string>();
  const texts = new Map<string, string>();
  for (const text of stored) {
    if (!('ref' in text)) continue;
    const own = known.textOf(text.ref);
    if (own === undefined) refs.add(text.ref);
    else texts.set(text.ref, own);
  }
  if (refs.size > 0) {
    const rows = await runPrepared<{ sha256: Buffer; text: string }>(transaction, SELECT, [
      [...refs].map((ref) => Buffer.from(ref, 'base64url')),
    ]);
    for (const { sha256, text } of rows) texts.set(sha256.toString('base64url'), text);
  }
  return (text) => {
    if (!('ref' in text)) return text.text;
    const found = texts.get(text.ref);
    if (found === undefined) throw new Error(`Content ${text.ref} is not in the ledger`);
    return found;
  };
}

const INSERT: PreparedStatement = {
  name: 'contents.insert',
  // Claimed before they are inserted, which the condition makes sure of: one that is removed meanwhile is inserted anew.
  text: `
with doomed as (
  select sha256 from content_candidates where workspace_id = $1 and sha256 = any($2::bytea[]) order by sha256 for update
), saved as (
  delete from content_candidates using doomed
  where content_candidates.workspace_id = $1 and content_candidates.sha256 = doomed.sha256 returning 1
)
insert into contents (workspace_id, sha256, text)
select $1, sha256, text from unnest($2::bytea[], $3::text[]) as given (sha256, text)
where (select count(*) from saved) >= 0
on conflict do nothing`,
};

const SELECT: PreparedStatement = {
  name: 'contents.select',
  text: 'select sha256, text from contents where sha256 = any($1::bytea[])',
};
