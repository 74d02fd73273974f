import type { Ledger } from '#api/database/Ledger.ts';
import { type FileVersion, readFileText } from '#api/database/ledger/simulationFiles.ts';

/** The files of one simulation: rows of the ledger, never of a disk. */
export interface SimulationFiles {
  /** The text of a version that `readState` found. */
  read(version: FileVersion): Promise<string>;
}

export const simulationFiles = (
  ledger: Ledger,
  { workspaceId, simulationId }: { readonly workspaceId: string; readonly simulationId: string },
): SimulationFiles => ({
  read: (version) =>
    ledger.inWorkspace(workspaceId, (transaction) => readFileText(transaction, { simulationId, version })),
});
