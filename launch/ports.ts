import { createServer } from 'node:net';
import { join } from 'node:path';
import { claim } from './claim.ts';
import { codeOf, LaunchProblem } from './LaunchProblem.ts';
import { cacheFolder } from './paths.ts';

/** Below the range from which systems pick local ports of outgoing connections, so that none of these takes ours meanwhile. */
const internalPorts = { first: 20_000, count: 10_000 };
const attempts = 200;

export interface ClaimPortOptions {
  /** Tried first, then the ones after it. Without it any free port is taken. */
  readonly preferred?: number;
}

/**
 * A port that nothing listens on and that no other launch of this user has been given. It stays claimed until this
 * process ends: between finding a port and the child's listening on it lie seconds.
 */
export async function claimPort({ preferred }: ClaimPortOptions = {}): Promise<number> {
  const start = preferred || internalPorts.first + Math.floor(Math.random() * internalPorts.count);
  for (const port of candidates(start)) {
    const taken = await claim(join(cacheFolder(), 'ports', String(port)));
    if (!taken.held) continue;
    if (await isPortFree(port)) return port;
    taken.release();
  }
  throw new LaunchProblem(`No free port was found from ${start} on. Set PORT to a free one.`);
}

function candidates(start: number): number[] {
  return Array.from({ length: attempts }, (_, step) => start + step).filter((port) => port < 65_536);
}

/** Whether a server may listen on the port, on every address that it could be reached by. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '0.0.0.0', '::1']) {
    if (!(await canListen(port, host))) return false;
  }
  return true;
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const code = codeOf(error);
      if (code === 'EACCES') {
        reject(new LaunchProblem(`Only root may use port ${port}. Set PORT to a number above 1023.`));
      } else resolve(code !== 'EADDRINUSE'); // no IPv6 on this machine: nobody can be there
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
