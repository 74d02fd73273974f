/** Our letters are plain text: a greeting, paragraphs, and who writes. */
export const plainLetter = (name: string, paragraphs: readonly string[]): string =>
  [`Hello ${oneLine(name)},`, ...paragraphs, 'Troupe'].join('\n\n');

/** Names are chosen by strangers: none may look like a paragraph, or a link, of ours, nor turn what follows around. */
export const oneLine = (name: string): string =>
  name
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/[:/]+|\.(?=\S)/g, ' ')
    .slice(0, 60);
