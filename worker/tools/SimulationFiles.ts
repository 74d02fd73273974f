import type { Ledger } from '#api/database/Ledger.ts';
import { readFileText } from '#api/database/ledger/simulationFiles.ts';

/** The files of one simulation: rows of the ledger, never of a disk. */
export interface SimulationFiles {
  /** The text of a version that `readState` found, by its hash. */
  read(ref: string): Promise<string>;
}

export const simulationFiles = (
  ledger: Ledger,
  { workspaceId, simulationId }: { readonly workspaceId: string; readonly simulationId: string },
): SimulationFiles => ({
  read: (ref) =>
    ledger.inWorkspace(workspaceId, (transaction) => readFileText(transaction, { simulationId, ref })),
});
