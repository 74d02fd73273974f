/** Without what Postgres refuses and YAML can spell: the character NUL, and halves of surrogate pairs. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();
