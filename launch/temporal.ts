import { connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LaunchProblem } from './LaunchProblem.ts';
import { lastWords } from './logs.ts';
import { claimPort } from './ports.ts';
import { type Exit, type ProcessSpec, type RunningProcess, runProcess } from './processes.ts';
import { findTemporalCli } from './temporalCli.ts';

const startTimeoutMs = 60_000;

/** What makes the embedded server quick, found by measuring. Its defaults poll for work so seldom that an activity costs 50 ms. */
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxPollRPS': 2000,
  'history.timerProcessorMaxTimeShift': '50ms',
};
/** With a write-ahead log, synchronous=1 loses nothing when the process is killed. */
const pragmas = ['journal_mode=WAL', 'synchronous=1'];

export interface TemporalOptions {
  /** Where the server keeps its data; without one it keeps them in memory, for tests. */
  readonly dataFile?: string;
  readonly port?: number;
  /** Temporal's web page; without a port there is none. */
  readonly uiPort?: number;
  readonly namespace?: string;
  readonly logFile?: string;
  /** Dynamic configuration beyond our own, for tests of limits. */
  readonly config?: Readonly<Record<string, string | number>>;
  /** The program, when it was looked for before. */
  readonly cli?: string;
}

export interface Temporal {
  readonly address: string;
  readonly pid: number;
  readonly stop: () => Promise<Exit>;
  readonly kill: () => Promise<Exit>;
}

/** A Temporal server of its own, for tests and measuring. Started again on the same file and port it continues where it was. */
export async function startTemporal(options: TemporalOptions = {}): Promise<Temporal> {
  const port = options.port ?? (await claimPort());
  const logFile = options.logFile ?? `${options.dataFile ?? join(tmpdir(), `troupe-temporal-${port}`)}.log`;
  const cli = options.cli ?? (await findTemporalCli());
  const running = await runProcess(temporalSpec({ ...options, cli, port, logFile }));
  const address = `127.0.0.1:${port}`;
  await untilTemporalAnswers({ address, logFile, running });
  return { address, pid: running.pid, stop: () => running.stop(5000), kill: running.kill };
}

type SpecOptions = TemporalOptions & Required<Pick<TemporalOptions, 'cli' | 'port' | 'logFile'>>;

export function temporalSpec(options: SpecOptions): ProcessSpec {
  const { cli, port, uiPort, dataFile, namespace, logFile } = options;
  const config = Object.entries({ ...dynamicConfig, ...options.config }).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const storage = dataFile
    ? ['--db-filename', sqliteName(dataFile), ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])]
    : [];
  const ui = uiPort
    ? ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch']
    : ['--headless'];
  const name = namespace ? ['--namespace', namespace] : [];
  return {
    command: cli,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--log-level',
      'error',
      ...ui,
      ...storage,
      ...name,
      ...config,
    ],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
    ...(dataFile ? { cwd: dirname(dataFile) } : {}),
    logFile,
    stopSignal: 'SIGTERM',
  };
}

/** The server puts the name into an SQLite address, where these characters would end it: then it is told from its folder. */
function sqliteName(dataFile: string): string {
  return /[#?%]/.test(dataFile) ? basename(dataFile) : dataFile;
}

export interface AnswerOptions {
  readonly address: string;
  readonly logFile: string;
  readonly running: RunningProcess;
}

/** Resolves when the server says that it serves. */
export async function untilTemporalAnswers({ address, logFile, running }: AnswerOptions): Promise<void> {
  let exit: Exit | undefined;
  void running.exited.then((ended) => {
    exit = ended;
  });
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(25)) {
    if (exit)
      throw new LaunchProblem(
        `Temporal ended while starting: ${lastWords(logFile).join(' ')} (all of it: ${logFile})`,
      );
    if (await isServing(address)) return;
  }
  throw new LaunchProblem(`Temporal does not answer after ${startTimeoutMs / 1000} s. Its log: ${logFile}`);
}

const service = 'temporal.api.workflowservice.v1.WorkflowService';
const serving = 1;

/** Asks gRPC's standard health service, by hand: a gRPC library would cost the launcher more time than Temporal takes to start. */
export function isServing(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const session = connect(`http://${address}`);
    const answer = (isUp: boolean) => {
      session.destroy();
      resolve(isUp);
    };
    session.once('error', () => answer(false));
    session.setTimeout(2000, () => answer(false));
    const request = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const chunks: Buffer[] = [];
    request.on('error', () => answer(false));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A message of five bytes' header, then field 1 (tag 8) with the status.
    request.on('end', () =>
      answer(
        Buffer.concat(chunks)
          .subarray(5)
          .equals(Buffer.from([8, serving])),
      ),
    );
    request.end(healthRequest());
  });
}

function healthRequest(): Buffer {
  const name = Buffer.from(service);
  const message = Buffer.concat([Buffer.from([10, name.length]), name]);
  const header = Buffer.alloc(5);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}
