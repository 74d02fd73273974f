import { createConnection } from 'node:net';
import { join } from 'node:path';
import type { House } from './house.ts';
import { LaunchProblem } from './LaunchProblem.ts';
import { claimPort } from './ports.ts';
import { temporalSpec, untilTemporalAnswers } from './temporal.ts';
import { findTemporalCli } from './temporalCli.ts';

const connectTimeoutMs = 5000;

/** Starts Temporal on DATA_DIR, or takes the user's. Returns its address. */
export async function startTemporalServer(house: House): Promise<string> {
  const { temporalAddress, temporalNamespace: namespace, dataDir } = house.settings;
  if (temporalAddress) return checkAddress(temporalAddress);
  const cli = await findTemporalCli(house.settings.env);
  const [port, uiPort] = [await claimPort(), await claimPort()];
  const logFile = house.logFile('temporal');
  const dataFile = join(dataDir, 'temporal.db');
  const spec = temporalSpec({ cli, port, uiPort, dataFile, namespace, logFile });
  const running = await house.startChild('temporal', spec);
  const address = `127.0.0.1:${port}`;
  await untilTemporalAnswers({ address, logFile, running });
  house.running.update({ temporalUrl: `http://127.0.0.1:${uiPort}` });
  return address;
}

/** Only whether somebody listens: which certificates and keys are needed there is between that server and the worker. */
function checkAddress(address: string): Promise<string> {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? [];
  if (!host || !port) throw new LaunchProblem(`TEMPORAL_ADDRESS is ${address}. It has to read HOST:PORT.`);
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port: Number(port), timeout: connectTimeoutMs });
    const fail = (why: string) => {
      socket.destroy();
      reject(
        new LaunchProblem(
          `No Temporal answers at TEMPORAL_ADDRESS ${address} (${why}). Start it, or unset the variable.`,
        ),
      );
    };
    socket.once('error', (error) => fail(error.message));
    socket.once('timeout', () => fail('no answer'));
    socket.once('connect', () => {
      socket.destroy();
      resolve(address);
    });
  });
}
