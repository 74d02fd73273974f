import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isRecord, keyOf, promptOf, readBody } from './request.ts';
import { type CallRecord, type Dialect, type Reply, type Rule, type Script, scriptFrom } from './script.ts';
import { send } from './send.ts';

export type { CallRecord, Dialect, Reply, Rule, Script } from './script.ts';

export interface ModelServerOptions {
  /** A free one when left out. */
  readonly port?: number;
  /** Before the first byte of every answer. */
  readonly latencyMs?: number;
  /** About how many characters an answer has that no script gives. */
  readonly length?: number;
}

type Changeable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A model provider on loopback that speaks both dialects, counts, and does as its script says. */
export class ModelServer {
  readonly #options: ModelServerOptions;
  readonly #server = createServer((request, response) => {
    void this.#route(request, response);
  });
  readonly #listeners = new Set<(call: CallRecord) => void>();
  readonly #changes = new Set<() => void>();
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();
  readonly #open = new Set<ServerResponse>();
  readonly #calls: Changeable<CallRecord>[] = [];
  #script: Script = () => undefined;

  constructor(options: ModelServerOptions) {
    this.#options = options;
  }

  async listen(): Promise<void> {
    // Clients keep connections open between calls; the default of 5 s makes some of them meet a closing one.
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port ?? 0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** For OPENAI_BASE_URL. */
  get openaiBaseUrl(): string {
    return `${this.url}/v1`;
  }

  /** For ANTHROPIC_BASE_URL: the SDK adds /v1 itself. */
  get anthropicBaseUrl(): string {
    return this.url;
  }

  get calls(): readonly CallRecord[] {
    return this.#calls;
  }

  callsFor(predicate: (call: CallRecord) => boolean): CallRecord[] {
    return this.#calls.filter(predicate);
  }

  /** Told of every call as it arrives, before it is answered. Returns how to stop. */
  onCall(listener: (call: CallRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when something holds of the calls: looked at whenever one arrives, is held, ends or is aborted. */
  until(holds: (calls: readonly CallRecord[]) => boolean): Promise<void> {
    if (holds(this.#calls)) return Promise.resolve();
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(this.#calls)) return;
        this.#changes.delete(look);
        resolve();
      };
      this.#changes.add(look);
    });
  }

  /** A function, or rules as they come as JSON. */
  script(script: Script | readonly Rule[]): void {
    this.#script = typeof script === 'function' ? script : scriptFrom(script);
  }

  /** Lets those waiting at a gate pass, and everybody who comes later, until it is held again. */
  release(gate = 'default'): void {
    this.#gate(gate).resolve();
  }

  /** Closes a gate again. Gates are closed from the start. */
  hold(gate = 'default'): void {
    this.#gates.delete(gate);
  }

  /** Forgets calls and script, closes all gates, hangs up on calls in flight. */
  reset(): void {
    for (const response of this.#open) response.destroy();
    this.#calls.length = 0;
    this.#gates.clear();
    this.#script = () => undefined;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #gate(name: string): PromiseWithResolvers<void> {
    const gate = this.#gates.get(name) ?? Promise.withResolvers<void>();
    this.#gates.set(name, gate);
    return gate;
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const route = `${request.method} ${pathname}`;
    try {
      const body = await readBody(request);
      if (route === 'POST /v1/chat/completions') await this.#answer('openai', request, response, body);
      else if (route === 'POST /v1/messages') await this.#answer('anthropic', request, response, body);
      else reply(response, ...this.#control(route, body));
    } catch (error) {
      if (!response.headersSent) reply(response, 400, { error: { message: String(error) } });
    }
  }

  #control(route: string, body: unknown): [number, unknown] {
    const gate = isRecord(body) && typeof body.gate === 'string' ? body.gate : undefined;
    const done: [number, unknown] = [200, { ok: true }];
    switch (route) {
      case 'GET /v1/models':
        return [200, { object: 'list', data: [{ id: 'model-server', object: 'model', owned_by: 'bench' }] }];
      case 'GET /__calls':
        return [200, this.#calls];
      case 'POST /__reset':
        this.reset();
        return done;
      case 'POST /__script':
        this.script(scriptFrom(Array.isArray(body) ? body : []));
        return done;
      case 'POST /__release':
        this.release(gate);
        return done;
      case 'POST /__hold':
        this.hold(gate);
        return done;
      default:
        return [404, { error: { message: `There is no ${route}.`, type: 'invalid_request_error' } }];
    }
  }

  async #answer(
    dialect: Dialect,
    request: IncomingMessage,
    response: ServerResponse,
    body: unknown,
  ): Promise<void> {
    if (!isRecord(body)) throw new Error('The request is not an object.');
    const call = this.#record(dialect, request, body);
    const gone = new AbortController();
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      if (!response.writableFinished) gone.abort(new Error('The client went away.'));
    });
    try {
      await this.#deliver(call, this.#script(call) ?? {}, response, gone.signal);
      this.#change(call, 'finished');
    } catch (error) {
      this.#change(call, 'aborted');
      if (!gone.signal.aborted) throw error;
    }
  }

  #deliver(
    call: Changeable<CallRecord>,
    reply: Reply,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> {
    this.#change(call, 'answering');
    const gone = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    gone.catch(() => undefined);
    const waitAtGate = async () => {
      this.#change(call, 'held');
      await Promise.race([this.#gate(reply.gate ?? 'default').promise, gone]);
      this.#change(call, 'answering');
    };
    const { latencyMs = 0, length = 400 } = this.#options;
    return send({ call, reply, response, signal, latencyMs, length, waitAtGate });
  }

  #record(dialect: Dialect, request: IncomingMessage, body: Record<string, unknown>): Changeable<CallRecord> {
    const call: Changeable<CallRecord> = {
      n: this.#calls.length + 1,
      dialect,
      model: String(body.model),
      body,
      prompt: promptOf(body),
      key: keyOf(request),
      at: Date.now(),
      state: 'received',
      finished: false,
      endedAt: null,
    };
    this.#calls.push(call);
    for (const listener of this.#listeners) listener(call);
    this.#tell();
    return call;
  }

  #change(call: Changeable<CallRecord>, state: CallRecord['state']): void {
    call.state = state;
    call.finished = state === 'finished';
    if (state === 'finished' || state === 'aborted') call.endedAt = Date.now();
    this.#tell();
  }

  #tell(): void {
    for (const look of [...this.#changes]) look();
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Listens on loopback. Remember to stop it. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = new ModelServer(options);
  await server.listen();
  return server;
}
