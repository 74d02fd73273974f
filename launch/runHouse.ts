import { type House, openHouse } from './house.ts';
import { explain } from './LaunchProblem.ts';
import { readSettings } from './settings.ts';
import { onStopSignals } from './stopSignals.ts';
import { say, warn } from './terminal.ts';

/** Runs a house from its opening to its end: `fill` starts what lives in it. The process ends with it. */
export async function runHouse(fill: (house: House) => Promise<void>): Promise<void> {
  let house: House | undefined;
  let stopping: Promise<void> | undefined;
  const end = async (code: number) => {
    stopping ??= house?.stop() ?? Promise.resolve();
    await stopping.catch((error: unknown) => warn(explain(error)));
    process.exit(code);
  };
  onStopSignals({
    onStop: () => {
      say('Stopping ... (once more to stop at once)');
      void end(0);
    },
    onKill: () => void (house?.killNow() ?? Promise.resolve()).finally(() => process.exit(130)),
  });
  try {
    house = await openHouse(readSettings(process.env));
    await fill(house);
  } catch (error) {
    if (stopping) return; // it fails because it is being stopped
    warn(explain(error));
    await end(1);
  }
}
