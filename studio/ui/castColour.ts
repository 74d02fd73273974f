const CAST_COLOURS = 8;

/** The colour of the agent at this place in the cast; what nobody plays (-1) is ink. */
export const castColour = (index: number): string =>
  index < 0 ? 'var(--ink-3)' : `var(--c${(index % CAST_COLOURS) + 1})`;
