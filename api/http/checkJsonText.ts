import { AppError, invalid } from '../errors.ts';

/** Deeper than any request of ours by far; JSON.stringify and schemas overflow the stack near 5,000. */
const MOST_LEVELS = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Looks at JSON before anything parses it. Refuses what is nested too deep, and the characters that Postgres
 * cannot store: NUL and halves of surrogate pairs, which JSON can only write as escapes.
 */
export function checkJsonText(text: string): void {
  if (depthOf(text) > MOST_LEVELS) {
    throw new AppError('request.tooDeep', `JSON may be nested ${MOST_LEVELS} levels deep at most.`);
  }
  if (hasUnstorable(text)) throw invalid('', 'Texts cannot hold the character NUL or half a character.');
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (isString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) isString = false;
    } else if (code === QUOTE) isString = true;
    else if (OPENING.has(code)) {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (CLOSING.has(code)) depth -= 1;
  }
  return deepest;
}

/** Escapes, those of characters in runs; an escaped backslash before a `u` is then not taken for one. */
const ESCAPES = /\\(?:(u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*)|.)/gs;

function hasUnstorable(text: string): boolean {
  if (!text.includes('\\u')) return false;
  for (const [, run] of text.matchAll(ESCAPES)) {
    if (run === undefined) continue;
    const units = run.split('\\').map((hex) => String.fromCharCode(Number.parseInt(hex.slice(1), 16)));
    const escaped = units.join('');
    if (escaped.includes('\0') || !escaped.isWellFormed()) return true;
  }
  return false;
}
