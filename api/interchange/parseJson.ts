import { AppError } from '../errors.ts';
import { checkJsonText } from '../http/checkJsonText.ts';
import { unreadable } from './unreadable.ts';

/** Parses a file inside a request: the check of the request saw only the text around it. */
export function parseJson(file: string, text: string): unknown {
  try {
    checkJsonText(text);
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(file, whyOf(error), undefined, error);
  }
}

function whyOf(error: unknown): string {
  if (!(error instanceof AppError)) return `it is not JSON (${String(error).slice(0, 160)})`;
  return error.code === 'request.tooDeep'
    ? 'it is nested too deeply'
    : 'it holds the character NUL or half a character, which cannot be kept';
}
