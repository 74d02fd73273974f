import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SECRET_KEYS_OF_TESTS } from '#api/testing/environment.ts';
import { claimPort } from '../ports.ts';
import { type RunningProcess, runProcess } from '../processes.ts';
import type { CrashHouse } from './CrashHouse.ts';

const apiMain = fileURLToPath(new URL('../../api/main.ts', import.meta.url));

export interface SignedIn {
  readonly email: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** The api as it ships, on the databases of a crash house, that can be killed and started again on the same port. */
export class ApiProcess {
  readonly #house: CrashHouse;
  #port = 0;
  #process: RunningProcess | null = null;
  #token = '';
  /** What the operator says, to an api that starts from then on. */
  env: Readonly<Record<string, string>> = {};

  constructor(house: CrashHouse) {
    this.#house = house;
  }

  async start(): Promise<void> {
    this.#port ||= await claimPort();
    this.#process = await runProcess({
      command: process.execPath,
      args: [apiMain],
      env: {
        PATH: process.env.PATH,
        PORT: String(this.#port),
        DATA_DIR: this.#house.folder,
        DATABASE_URL: this.#house.databaseUrl,
        TEMPORAL_ADDRESS: this.#house.temporal.address,
        TEMPORAL_TASK_QUEUE: this.#house.taskQueue,
        SECRET_KEYS: SECRET_KEYS_OF_TESTS.join(),
        DEFAULT_MODEL: 'openai/gpt-4.1-mini',
        RATE_LIMIT_FACTOR: '20',
        ...this.env,
      },
      logFile: join(this.#house.folder, 'api.log'),
      stopSignal: 'SIGTERM',
    });
    while (!(await this.#answers())) await wait(50);
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#process?.kill();
    this.#process = null;
  }

  async signIn({ password = 'correct horse' } = {}): Promise<SignedIn> {
    const account = { email: `${randomUUID()}@example.com`, password };
    await this.send('POST', '/users/register', { ...account, name: 'Ada' });
    const tokens = await this.send<Omit<SignedIn, 'email'>>('POST', '/users/login', account);
    this.#token = tokens.accessToken;
    return { ...tokens, email: account.email };
  }

  /** One REST request. Throws on anything but success, and when the api dies meanwhile. */
  async send<T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await fetch(this.url(path), {
      method,
      headers: { ...this.headers(), ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      body: body ? JSON.stringify(body) : undefined,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text === '' ? 'null' : text);
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.#port}/api/v1${path}`;
  }

  headers(): Record<string, string> {
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  async #answers(): Promise<boolean> {
    const live = this.url('/').replace('/api/v1/', '/health/ready');
    return fetch(live).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}
