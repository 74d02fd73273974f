import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#launch/paths.ts';

/** The whole product as `npm start` brings it up, on data of its own. */
export interface Product {
  readonly url: string;
  /** From the command to the first page that answers. */
  readonly startedInMs: number;
  stop(): Promise<void>;
}

/** Runs `npm start`'s own command. Packages are installed already; the studio is built by the first that runs. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'troupe-product-'));
  const begin = performance.now();
  const launcher = spawn(process.execPath, ['launch/first.mjs', 'start'], {
    cwd: root,
    env: { ...process.env, RATE_LIMIT_FACTOR: '1000', ...env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    launcher.once('exit', () => reject(new Error(`The product did not start:\n${text}`)));
    launcher.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      const [, found] = /ready: (\S+)/.exec(text) ?? [];
      if (found) resolve(found);
    });
  });
  const page = await fetch(url);
  if (!page.ok) throw new Error(`The first page answers ${page.status}`);
  return {
    url,
    startedInMs: performance.now() - begin,
    async stop() {
      launcher.kill('SIGINT');
      await once(launcher, 'exit');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
