/** A pattern for LIKE that finds `text` anywhere, letter for letter. */
export const likeAnywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
