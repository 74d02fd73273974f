import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { claimPort } from '#launch/ports.ts';
import { type RunningProcess, runProcess } from '#launch/processes.ts';
import type { CallRecord, Reply, Rule } from './modelServer/modelServer.ts';

const main = fileURLToPath(new URL('modelServer/main.ts', import.meta.url));

/** The model server as a process of its own, told what to do over HTTP: ours and the bare crews ask the same one. */
export class Models {
  readonly #url: string;
  readonly #running: RunningProcess;

  private constructor(url: string, running: RunningProcess) {
    this.#url = url;
    this.#running = running;
  }

  static async start(logFile: string): Promise<Models> {
    const port = await claimPort();
    const running = await runProcess({
      command: process.execPath,
      args: [main, '--port', String(port)],
      env: { PATH: process.env.PATH },
      logFile,
      stopSignal: 'SIGTERM',
    });
    const url = `http://127.0.0.1:${port}`;
    while (!(await answers(`${url}/v1/models`))) await wait(20);
    return new Models(url, running);
  }

  get openaiBaseUrl(): string {
    return `${this.#url}/v1`;
  }

  /** From now on every call is answered like this. Forgets the calls so far. */
  async answer(reply: Reply): Promise<void> {
    await this.script([{ reply }]);
  }

  /** Answers by the first rule that fits. Forgets the calls so far. */
  async script(rules: readonly Rule[]): Promise<void> {
    await this.#post('/__reset', {});
    await this.#post('/__script', rules);
  }

  /** Lets those go on that are held. */
  release(): Promise<void> {
    return this.#post('/__release', {});
  }

  async calls(): Promise<readonly CallRecord[]> {
    const response = await fetch(`${this.#url}/__calls`);
    // Our own server's own type.
    const calls: CallRecord[] = JSON.parse(await response.text());
    return calls;
  }

  kill(): Promise<unknown> {
    return this.#running.kill();
  }

  async #post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.#url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`The model server refused ${path}: ${await response.text()}`);
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
