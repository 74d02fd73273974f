import { LRUCache } from 'lru-cache';
import { auditSimulation } from '#api/database/audit/auditSimulation.ts';
import { addAuditEntry } from '#api/database/audit/recordAudit.ts';
import type { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import type { CredentialUse } from '#api/database/secrets/revealCredential.ts';

const MOST_REMEMBERED = 20_000;

/**
 * Puts on record which credential was used for what, and where it went. A simulation that uses one a hundred times has
 * one entry for it; this process remembers which it has written, so that only the first use waits for the log.
 */
export class CredentialUses {
  readonly #door: Door;
  readonly #written = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  constructor(door: Door) {
    this.#door = door;
  }

  /** Rejects when it cannot be recorded: what nobody would know of is not used. */
  async record(use: CredentialUse, refused?: CredentialRefused): Promise<void> {
    const { workspaceId, credentialId } = use;
    const of = 'simulationId' in use ? use.simulationId : null;
    const what = 'knowledgeOf' in use ? use.knowledgeOf : of;
    const key = [workspaceId, credentialId, what, use.origin, refused?.code].join(' ');
    if (what !== null && this.#written.has(key)) return;
    const entry = {
      action: 'credentials.use' as const,
      object: { kind: 'credential', id: credentialId },
      result: refused ? ('refused' as const) : ('ok' as const),
      details: { host: hostOf(use.origin), ...(refused && { code: refused.code }) },
    };
    if (of === null) {
      await this.#recordOutside(use, entry);
      if (what !== null) this.#written.set(key, true);
      return;
    }
    const details = { ...entry.details, simulationId: of };
    await auditSimulation(this.#door, { workspaceId, simulationId: of }, { ...entry, details });
    this.#written.set(key, true);
  }

  /** Somebody looks at what they set up: rare, and each time is a use. Or a source is read, in many requests. */
  async #recordOutside(
    use: CredentialUse,
    entry: Omit<Parameters<typeof auditSimulation>[2], 'object'> & { object: { kind: string; id: string } },
  ): Promise<void> {
    const { workspaceId } = use;
    const actorId = 'setUpBy' in use ? use.setUpBy : 'crewId' in use ? (use.userId ?? null) : null;
    await this.#door.inWorkspace(workspaceId, (transaction) =>
      addAuditEntry(transaction, { ...entry, workspaceId, actorId, ip: '', userAgent: '', requestId: '' }),
    );
  }
}

const hostOf = (origin: string): string => (URL.canParse(origin) ? new URL(origin).host : '');
