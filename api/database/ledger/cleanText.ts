/**
 * What Postgres can hold: no NUL, and no half of a surrogate pair (a model may send either). Everything else stays
 * as it came.
 */
export const cleanText = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();
