import type { Transaction } from 'sequelize';
import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { ForkOrigin } from '../database/ForkOrigin.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import { Crew } from '../database/models/Crew.ts';
import { CrewVersion } from '../database/models/CrewVersion.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { SimulationFile } from '../database/models/SimulationFile.ts';
import { Step } from '../database/models/Step.ts';
import { readRetention } from '../retention/readRetention.ts';
import { presentListed } from './present.ts';
import { readTotals } from './readTotals.ts';
import type { SimulationView } from './schema.ts';

/** A simulation with everything its page shows at once: the crew as it was, the output, files and sums. */
export function readSimulation({ database }: MemberContext, row: Simulation): Promise<SimulationView> {
  const { workspaceId, id } = row;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const version = await CrewVersion.findOne({
      where: { workspaceId, id: row.crewVersionId },
      rejectOnEmpty: true,
      transaction,
    });
    const crew = await Crew.findOne({
      attributes: ['agentId'],
      where: { workspaceId, id: row.crewId },
      rejectOnEmpty: true,
      transaction,
    });
    const files = await SimulationFile.findAll({
      where: { workspaceId, simulationId: id },
      order: [['name', 'ASC']],
      transaction,
    });
    const totalsOf = await readTotals(database, transaction, [id]);
    return {
      ...presentListed(row, totalsOf(id), await readRetention(workspaceId, transaction)),
      inputs: row.inputs,
      output: await readOutput(transaction, row),
      agentId: crew.agentId,
      crewVersion: version.number,
      graph: CrewGraph.parse(version.graph),
      epoch: row.epoch,
      budget: presentBudget(row),
      lastSeq: row.lastSeq,
      origin: row.origin && ForkOrigin.parse(row.origin),
      continuedIn: row.continuedIn,
      isCopy: row.copiedFrom !== null,
      files: files.map(({ name, size, path }) => ({ name, size, path })),
    };
  });
}

async function readOutput(
  transaction: Transaction,
  { workspaceId, id, outputPath }: Simulation,
): Promise<string | null> {
  if (outputPath === null) return null;
  const step = await Step.findOne({
    attributes: ['response'],
    where: { workspaceId, simulationId: id, path: outputPath },
    transaction,
  });
  const text = step?.response?.text;
  if (!text) return null;
  const textOf = await loadTexts(transaction, [text]);
  return textOf(text);
}

const presentBudget = ({ budgetMicros, spentMicros, reservedMicros }: Simulation) =>
  budgetMicros === null ? null : { costMicros: budgetMicros, spentMicros, reservedMicros };
