export const PARSE_CODES = [
  'source.empty',
  'source.unreadable',
  'source.encrypted',
  'source.tooLong',
  'source.tooManyPages',
  'source.bomb',
  'source.unsupported',
  'source.tooSlow',
  'source.tooHungry',
] as const;
export type ParseCode = (typeof PARSE_CODES)[number];

const SENTENCES: Readonly<Record<ParseCode, string>> = {
  'source.empty': 'There is no text in this file. Scanned pages have to go through text recognition first.',
  'source.unreadable': 'This file is damaged, or not what it seems to be.',
  'source.encrypted': 'This file is locked with a password.',
  'source.tooLong': 'This file has more text than is taken: 5 million characters.',
  'source.tooManyPages': 'This file has more pages than are taken: 2,000.',
  'source.bomb': 'This file unpacks to far more than it seems to hold.',
  'source.unsupported': 'Only texts, Markdown, CSV, JSON, PDF and DOCX can be read.',
  'source.tooSlow': 'Reading this file took too long.',
  'source.tooHungry': 'Reading this file took too much memory.',
};

/** Why a file cannot be read: asking again would not help. */
export class ParseProblem extends Error {
  readonly code: ParseCode;

  constructor(code: ParseCode) {
    super(SENTENCES[code]);
    this.name = 'ParseProblem';
    this.code = code;
  }
}

/** The most text that is taken from one file, in UTF-16 code units. */
export const MOST_TEXT = 5_000_000;
export const MOST_PAGES = 2_000;
