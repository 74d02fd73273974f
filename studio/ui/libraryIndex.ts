const COLOURS = 8;

/** Which colour of the cast an agent of the library has: its own for good, drawn from its id. */
export const libraryIndex = (id: string): number =>
  Number.parseInt(id.replaceAll('-', '').slice(-2), 16) % COLOURS || 0;
