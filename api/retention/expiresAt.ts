/** How long a workspace keeps simulations that have ended. */
export interface Retention {
  /** Null keeps them as long as the workspace is there. */
  readonly days: number | null;
  /** Whatever its age, none goes before. */
  readonly notBefore: Date | null;
}

/** What of a simulation decides when it goes. */
export interface Ageing {
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly isKept: boolean;
  readonly keptUntil: Date | null;
}

/** People have this long to change their mind, after a term was shortened or a simulation was let go. */
export const GRACE_DAYS = 7;

export const inDays = (days: number, from = Date.now()): Date => new Date(from + days * 86_400_000);

/** When a simulation is removed: null for one that runs, waits, is kept, or is in a workspace that keeps all. */
export function expiresAt(
  { createdAt, endedAt, isKept, keptUntil }: Ageing,
  { days, notBefore }: Retention,
): Date | null {
  if (endedAt === null || isKept || days === null) return null;
  // A copy out of another workspace ended there, perhaps long before it came.
  const from = Math.max(endedAt.getTime(), createdAt.getTime());
  return new Date(
    Math.max(inDays(days, from).getTime(), notBefore?.getTime() ?? 0, keptUntil?.getTime() ?? 0),
  );
}

/** The same as SQL, of a simulation `s` and its workspace `w`; null where `w` keeps all. */
export const DUE_AT = `case when w.retention_days is not null then greatest(
  greatest(s.ended_at, s.created_at) + make_interval(hours => 24 * w.retention_days),
  w.retention_not_before, s.kept_until) end`;

/** Whether it may go at all. The second line lets the index find those of an age. */
export const MAY_GO = `s.ended_at is not null and not s.is_kept and w.deleted_at is null
  and s.ended_at <= now() - make_interval(hours => 24 * w.retention_days)`;

/** While a fork runs it takes over steps of its parent. */
export const HAS_OPEN_FORK = `exists (
  select 1 from simulations f where f.workspace_id = s.workspace_id and f.forked_from = s.id and f.ended_at is null)`;
