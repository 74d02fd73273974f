import { storable } from './storable.ts';

const TITLE_LENGTH = 100;
/** Written in capitals wherever they stand; words that are also English ones are not among them. */
const ACRONYMS = /\b(ai|api|csv|cv|faq|hr|pdf|pr|qa|seo|sql|ui|ux)\b/gi;

/** A key as a person would write it: `senior_data-analyst` -> `Senior data analyst`, `qa_lead` -> `QA lead`. */
export function titleFrom(key: string): string {
  const words = storable(key.slice(0, TITLE_LENGTH))
    .replace(/[\s_-]+/g, ' ')
    .trim();
  const shouted = words.replace(ACRONYMS, (word) => word.toUpperCase());
  return shouted.charAt(0).toUpperCase() + shouted.slice(1);
}
