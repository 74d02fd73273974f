/** JSON as models write it: alone, in a fence, or somewhere in other words. Undefined when there is none. */
export function readJson(text: string): unknown {
  const whole = readWholeJson(text);
  if (whole !== undefined) return whole;
  return parse(between(text, '{', '}')) ?? parse(between(text, '[', ']'));
}

/** A text that is JSON and nothing else, but for a fence. */
export const readWholeJson = (text: string): unknown => parse(withoutFence(text.trim()));

/** From the first of one to the last of the other, as CrewAI looks for it. */
function between(text: string, open: string, close: string): string {
  const start = text.indexOf(open);
  const end = text.lastIndexOf(close);
  return start >= 0 && end > start ? text.slice(start, end + 1) : '';
}

function withoutFence(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```')) return text;
  const start = text.indexOf('\n');
  return start < 0 ? text : text.slice(start, -3).trim();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
