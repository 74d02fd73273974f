/**
 * A name of a person or a team without what turns text around, or is not shown: others read it beside what is theirs, and
 * could take a part of it for something else.
 */
export const plainName = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
