import { createHash } from 'node:crypto';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { AuditAction } from './actions.ts';

/** Small facts beside an entry: names of roles, hosts, counts. Never texts of users, requests or secrets. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditObject {
  readonly kind: string;
  readonly id: string;
}

/** Something that was done, or refused, in a workspace; what concerns an account alone is in its personal one. */
export interface NewAuditEntry {
  readonly workspaceId: string;
  /** Null for nobody who signed in. */
  readonly actorId: string | null;
  readonly action: AuditAction;
  readonly object?: AuditObject | undefined;
  readonly result: 'ok' | 'refused';
  readonly ip: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly details?: AuditDetails | undefined;
}

/** As it is kept: numbered from 1 in its workspace. */
export interface AuditEntry extends Omit<NewAuditEntry, 'action'> {
  readonly seq: number;
  readonly at: Date;
  /** Of any version of the product. */
  readonly action: string;
}

/**
 * What binds an entry to all before it in its workspace: SHA-256 over the former hash and everything in the entry. Whoever
 * changes, adds or takes out one must make all later ones anew.
 */
export function hashEntry(former: Uint8Array, { at, object, details, ...entry }: AuditEntry): Buffer {
  const text = canonicalJson({
    ...entry,
    at: at.toISOString(),
    object: object ? { kind: object.kind, id: object.id } : null,
    details: details ?? {},
  });
  return createHash('sha256').update(former).update(text).digest();
}
