import { bundleWorkflow } from './builds.ts';
import { changedParts } from './changedParts.ts';
import type { House } from './house.ts';
import { explain } from './LaunchProblem.ts';
import { offerLocalModels } from './localModels.ts';
import { runHouse } from './runHouse.ts';
import { startStack } from './stack.ts';
import { say, warn } from './terminal.ts';
import { watchSources } from './watchSources.ts';

await runHouse(async (house) => {
  const offers = house.settings.openaiBaseUrl ? [] : offerLocalModels();
  const url = await startStack(house, { liveStudio: true });
  watchSources(
    (changed) => void restartChanged(house, changed).catch((error: unknown) => warn(explain(error))),
  );
  say(`Troupe is ready: ${url} (studio, api and worker follow your changes)`);
  for (const line of await offers) say(line);
});

/** Vite looks after the studio itself. */
async function restartChanged(house: House, changed: ReadonlySet<string>): Promise<void> {
  const restarts = changedParts([...changed]);
  if (restarts.length === 0) return;
  say(`Restarting ${restarts.join(' and ')}: ${[...changed].slice(0, 3).join(', ')} changed.`);
  if (restarts.includes('worker')) await bundleWorkflow(house);
  await Promise.all(restarts.map((name) => house.restartChild(name)));
}
