import { onStopSignals } from '#launch/stopSignals.ts';
import { say, warn } from '#launch/terminal.ts';
import { BenchHouse } from './BenchHouse.ts';
import { runBare, runOurs } from './crews.ts';
import { readOptions } from './options.ts';
import type { Row } from './Row.ts';
import { recovery, repeated } from './rows/faults.ts';
import { lateFork, seek } from './rows/forks.ts';
import { page, start } from './rows/product.ts';
import { histories, storage } from './rows/size.ts';
import { growth, parallel, perTask, throughput } from './rows/speed.ts';
import { forgot, login } from './rows/strangers.ts';
import { type Measured, saveResults } from './saveResults.ts';
import { type Round, summarise } from './statistics.ts';
import { figure, renderTable } from './table.ts';

/** Those that kill processes come last; what starts the whole product comes when the house is gone. */
const ROWS: readonly Row[] = [
  parallel,
  perTask,
  throughput,
  growth,
  ...histories,
  storage,
  lateFork,
  seek,
  repeated,
  recovery,
  start,
  page,
  login,
  forgot,
];

const house = new BenchHouse();
const end = async (code: number) => {
  await house.close().catch((error: unknown) => warn(String(error)));
  process.exit(code);
};
onStopSignals({ onStop: () => void end(130), onKill: () => process.exit(130) });

try {
  const names = ROWS.map(({ name }) => name);
  const { only, rounds } = readOptions(process.argv.slice(2), names);
  const rows = ROWS.filter(({ name }) => only.length === 0 || only.includes(name));
  const measured: Measured[] = [];
  const measureAll = async (some: readonly Row[]) => {
    for (const row of some) measured.push(await measure(row, Math.min(rounds, row.mostRounds ?? rounds)));
  };
  const [alone, inHouse] = [rows.filter(({ isAlone }) => isAlone), rows.filter(({ isAlone }) => !isAlone)];
  if (inHouse.length > 0) {
    await house.open();
    await warmUp();
    await measureAll(inHouse);
    await house.close();
  }
  await measureAll(alone);
  say(`\n${renderTable(measured)}\n`);
  say(`Written to ${saveResults(measured)}`);
  process.exit(measured.every(({ summary }) => summary.isHeld) ? 0 : 1);
} catch (error) {
  warn(error instanceof Error ? (error.stack ?? error.message) : String(error));
  await end(1);
}

/** Code that runs for the first time is slow, here and there alike. */
async function warmUp(): Promise<void> {
  await runBare(house, { chain: 20 });
  await runOurs(house, { chain: 20 });
  await runBare(house, { chain: 5 }, 20);
  await runOurs(house, { chain: 5 }, 20);
}

async function measure(row: Row, count: number): Promise<Measured> {
  const rounds: Round[] = [];
  for (let round = 0; round < count; round += 1) {
    const taken = await row.measure(house, round);
    rounds.push(taken);
    const beside = taken.baseline === null ? '' : ` beside ${figure(taken.baseline)}`;
    say(`${row.name} ${round + 1}/${count}: ${figure(taken.measured)}${beside} ${row.unit}`);
  }
  const { name, what, unit, hold } = row;
  return { name, what, unit, hold, rounds, summary: summarise(rounds, hold) };
}
