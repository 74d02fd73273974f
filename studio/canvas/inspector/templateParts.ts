import { isInheritedName } from '#workflows/graph/names.ts';

interface TemplatePart {
  /** Where it begins. */
  readonly at: number;
  readonly text: string;
  readonly isInput: boolean;
}

// The same placeholders that `findInputs` finds.
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]{0,63})\}/g;

/** A text cut at its inputs. */
export function templateParts(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  const cut = (at: number, isInput: boolean, to: number) => {
    if (to > at) parts.push({ at, text: text.slice(at, to), isInput });
  };
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (isInheritedName(match[1] ?? '')) continue;
    cut(end, false, match.index);
    end = match.index + match[0].length;
    cut(match.index, true, end);
  }
  cut(end, false, text.length);
  return parts;
}
