import { type Identity, isAlive } from './identity.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { killTree, sendSignal, untilGone } from './processes.ts';
import type { RunningState } from './runningFile.ts';

/** In the order of a proper stop. What is not named here (a build, an initdb) goes first: nobody waits for its result. */
const order = ['api', 'worker', 'temporal', 'postgres'];
const graceMs = 3000;

/**
 * Ends what a killed launcher left running. Only processes whose id and birth are those it wrote down are touched: an id
 * alone may belong to somebody else by now.
 */
export async function endLeftovers(state: RunningState): Promise<string[]> {
  const left = Object.entries(state.children).filter(([, identity]) => isAlive(identity));
  left.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  for (const [name, identity] of left) await end(name, identity);
  return left.map(([name]) => name);
}

async function end(name: string, identity: Identity): Promise<void> {
  // SIGINT is Postgres' fast stop: it ends sessions instead of waiting for them.
  sendSignal(identity.pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM');
  if (await untilGone([identity], graceMs)) return;
  await killTree(identity);
  if (isAlive(identity)) {
    throw new LaunchProblem(
      `An earlier start left its ${name} running (process ${identity.pid}) and it cannot be ended from here. ` +
        `End it as the user who started it: kill -9 ${identity.pid}`,
    );
  }
}
