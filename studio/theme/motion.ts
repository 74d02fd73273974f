const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A length of time that is none for people who asked for less motion. */
export const lasting = (ms: number): number => (isStill ? 0 : ms);
