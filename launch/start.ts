import { offerLocalModels } from './localModels.ts';
import { runHouse } from './runHouse.ts';
import { startStack } from './stack.ts';
import { say } from './terminal.ts';

await runHouse(async (house) => {
  const offers = house.settings.openaiBaseUrl ? [] : offerLocalModels();
  const url = await startStack(house, { liveStudio: false });
  say(`Troupe is ready: ${url}`);
  for (const line of await offers) say(line);
});
