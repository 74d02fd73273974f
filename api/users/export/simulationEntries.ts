import type { MemberContext } from '../../context.ts';
import { findSimulation } from '../../simulations/findSimulation.ts';
import { readEvents } from '../../simulations/listEvents.ts';
import { listSteps } from '../../simulations/listSteps.ts';
import { readSimulation } from '../../simulations/readSimulation.ts';
import { readStep } from '../../simulations/readStep.ts';
import { type ArchiveEntry, jsonEntry, listEntry } from './ArchiveEntry.ts';

const PAGE = 500;

/** A simulation as its page shows it: itself with its crew and output, its events, and its steps with their texts. */
export const simulationEntries = (context: MemberContext, folder: string, id: string): ArchiveEntry[] => [
  jsonEntry(`${folder}/simulations/${id}/simulation.json`, async () =>
    readSimulation(context, await findSimulation(context, id)),
  ),
  listEntry(`${folder}/simulations/${id}/events.json`, () => allEvents(context, id)),
  listEntry(`${folder}/simulations/${id}/steps.json`, () => allSteps(context, id)),
];

async function* allEvents({ database, caller }: MemberContext, simulationId: string) {
  const workspaceId = caller.workspace.id;
  for (let after = 0; ; ) {
    const events = await readEvents(database, { workspaceId, simulationId, after, limit: PAGE });
    yield* events;
    const last = events.at(-1);
    if (!last || events.length < PAGE) return;
    after = last.seq;
  }
}

async function* allSteps(context: MemberContext, id: string) {
  let cursor: string | undefined;
  do {
    const page = await listSteps(context, { id, cursor, limit: PAGE });
    for (const { path } of page.items) yield readStep(context, { id, path });
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
