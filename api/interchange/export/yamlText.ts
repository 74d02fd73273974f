/** Everything that YAML 1.1, which CrewAI reads, takes as it stands; line breaks of other kinds are not among it. */
const PRINTABLE = /^[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/**
 * A text in YAML that every reader gives back as it was: in quotes on one line, or as a block when it has several.
 * `indent` is the white space before the key it belongs to.
 */
export function yamlText(text: string, indent: string): string {
  if (!isBlock(text)) return flow(text);
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = body.split('\n').map((line) => (line === '' ? '' : `${indent}  ${line}`));
  // White space at the start would be taken for indentation.
  const width = /^[ \n]/.test(text) ? '2' : '';
  return `|${width}${text.endsWith('\n') ? '' : '-'}\n${lines.join('\n')}`;
}

/** Not one with white space that a block could lose: lines of nothing else, and empty lines at the end. */
const isBlock = (text: string) =>
  text.includes('\n') &&
  PRINTABLE.test(text) &&
  !text.endsWith('\n\n') &&
  text.trim() !== '' &&
  text.split('\n').every((line) => line === '' || line.trim() !== '');

/** A value on one line. JSON is YAML, but for a few characters that JSON leaves as they are. */
export const flow = (value: unknown): string =>
  JSON.stringify(value, null, 1)
    .replace(/\n */g, ' ')
    .replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Plain data as YAML, a line each; texts of several lines are blocks. */
export function yamlLines(data: object, indent = ''): string[] {
  const isList = Array.isArray(data);
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    const start = `${indent}${isList ? '-' : `${keyText(key)}:`}`;
    if (typeof value === 'string') return [`${start} ${yamlText(value, indent)}`];
    const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    return isNested ? [start, ...yamlLines(value, `${indent}  `)] : [`${start} ${flow(value)}`];
  });
}

/** YAML 1.1 takes some words for true and false. */
const keyText = (key: string) =>
  /^(?!yes$|true$|null$|false$)[a-z_]{3,}$/.test(key) && key !== 'off' ? key : flow(key);
