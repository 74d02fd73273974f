import type { StepInput } from '#workflows/activities.ts';
import { type PreparedStatement, runPrepared } from '../prepared.ts';
import type { Door } from '../secrets/Door.ts';
import type { AuditDetails, NewAuditEntry } from './AuditEntry.ts';
import type { AuditAction } from './actions.ts';
import { addAuditEntry } from './recordAudit.ts';

export interface SimulationAudit {
  readonly action: AuditAction;
  readonly result: NewAuditEntry['result'];
  readonly details: AuditDetails;
  /** What it is about; the simulation itself when left out. */
  readonly object?: NonNullable<NewAuditEntry['object']>;
}

/**
 * Puts on record what a simulation did, or was kept from, as the doing of whoever started it. The same of the same
 * simulation is there once, however often it happens and whatever crashes.
 */
export function auditSimulation(
  door: Pick<Door, 'inWorkspace'>,
  { workspaceId, simulationId }: Pick<StepInput, 'workspaceId' | 'simulationId'>,
  { action, result, details, object = { kind: 'simulation', id: simulationId } }: SimulationAudit,
): Promise<void> {
  return door.inWorkspace(workspaceId, async (transaction) => {
    const [simulation] = await runPrepared<{ userId: string | null }>(transaction, STARTED_BY, [
      simulationId,
    ]);
    const values = [workspaceId, object.id, action, JSON.stringify(details)];
    await addAuditEntry(
      transaction,
      {
        workspaceId,
        actorId: simulation?.userId ?? null,
        action,
        object,
        result,
        details,
        // Nobody's request: the worker does it.
        ip: '',
        userAgent: '',
        requestId: '',
      },
      { statement: KNOWN, values },
    );
  });
}

const STARTED_BY: PreparedStatement = {
  name: 'audit.startedBy',
  text: 'select created_by as "userId" from simulations where id = $1',
};

const KNOWN: PreparedStatement = {
  name: 'audit.known',
  text: `
select 1 from audit_entries
where workspace_id = $1 and object_id = $2 and action = $3
  and coalesce(details ->> 'simulationId', '') = coalesce($4::jsonb ->> 'simulationId', '')
  and details = $4::jsonb`,
};
