import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MOST_TEXT, PARSE_CODES, ParseProblem } from './ParseProblem.ts';

const MAIN = fileURLToPath(new URL('parserMain.ts', import.meta.url));

export interface ParseLimits {
  /** Of wall time. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

const LIMITS: ParseLimits = { milliseconds: 60_000, megabytes: 1_000 };
const LOOK_MS = 100;
/** JSON writes a character in six at most. */
const MOST_ANSWER = MOST_TEXT * 6 + 1_000;

/**
 * Reads a file that a stranger made. The parser is a process of its own with an empty environment and no right to write
 * files or start others: whatever it does, hang, grow or die, it does alone, and the worker goes on. Throws ParseProblem.
 */
export async function parseFile(
  bytes: Uint8Array,
  mediaType: string,
  { signal, limits = LIMITS }: { readonly signal?: AbortSignal; readonly limits?: ParseLimits } = {},
): Promise<string> {
  signal?.throwIfAborted();
  const child = start(mediaType, limits);
  const ended = watch(child, limits, signal);
  // It may end before it has read everything; what it said counts.
  child.stdin.on('error', () => undefined);
  child.stdin.end(bytes);
  return readAnswer(await ended);
}

function start(mediaType: string, { milliseconds, megabytes }: ParseLimits): ChildProcessWithoutNullStreams {
  const options = [`--max-old-space-size=${Math.ceil(megabytes / 2)}`, '--permission', '--allow-fs-read=*'];
  // The shell sets a limit that holds even when this process is gone and nobody is left to end that one.
  const seconds = Math.ceil((milliseconds / 1_000) * 2);
  return spawn(
    '/bin/sh',
    ['-c', `ulimit -t ${seconds}; exec "$0" "$@"`, process.execPath, ...options, MAIN, mediaType],
    { env: {}, stdio: 'pipe' },
  );
}

/** What it said, once it has ended. */
function watch(
  child: ChildProcessWithoutNullStreams,
  { milliseconds, megabytes }: ParseLimits,
  signal: AbortSignal | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (reason: unknown) => {
      child.kill('SIGKILL');
      reject(reason);
    };
    const late = setTimeout(() => end(new ParseProblem('source.tooSlow')), milliseconds);
    const look = setInterval(() => {
      sizeOf(child.pid).then((found) => {
        if (found > megabytes) end(new ParseProblem('source.tooHungry'));
      }, reject);
    }, LOOK_MS);
    const cancel = () => end(signal?.reason);
    signal?.addEventListener('abort', cancel, { once: true });
    child.stderr.resume();
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_ANSWER) end(new ParseProblem('source.tooLong'));
      else chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(late);
      clearInterval(look);
      signal?.removeEventListener('abort', cancel);
      resolve(Buffer.concat(chunks).toString());
    });
  });
}

/** Megabytes that a process has in memory, where the system says so; buffers are in no limit of the engine. */
async function sizeOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_000;
}

const Answer = z.union([z.object({ text: z.string() }), z.object({ code: z.enum(PARSE_CODES) })]);

function readAnswer(said: string): string {
  // Without a word it died of memory, or of something in the file.
  if (said === '') throw new ParseProblem('source.tooHungry');
  const answer = Answer.parse(JSON.parse(said));
  if ('code' in answer) throw new ParseProblem(answer.code);
  return answer.text;
}
