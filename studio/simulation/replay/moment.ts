/**
 * A moment of a simulation: so long after an event. The same for everybody who opens its address, however time is
 * drawn and however much has happened since.
 */
export interface Moment {
  /** Number of the event; 0 before the first. */
  readonly seq: number;
  /** Milliseconds of replay since that event. */
  readonly ms: number;
}

/** `142.350`, as it stands in the address. */
export const writeMoment = ({ seq, ms }: Moment): string => (ms >= 1 ? `${seq}.${Math.floor(ms)}` : `${seq}`);

/** Undefined for what is no moment: addresses are written by people too. */
export function readMoment(text: string | null): Moment | undefined {
  const parts = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text ?? '');
  return parts ? { seq: Number(parts[1]), ms: Number(parts[2] ?? 0) } : undefined;
}

export const isSameMoment = (a: Moment, b: Moment): boolean =>
  a.seq === b.seq && Math.floor(a.ms) === Math.floor(b.ms);
