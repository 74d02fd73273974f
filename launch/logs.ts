import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';

const kept = 3;

/** A fresh log for a start; those of the starts before are kept as `.1` to `.3`. */
export function openLog(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.log`);
  for (let age = kept; age > 0; age -= 1) {
    const younger = age === 1 ? file : `${file}.${age - 1}`;
    if (existsSync(younger)) renameSync(younger, `${file}.${age}`);
  }
  closeSync(openSync(file, 'a', 0o600));
  return file;
}

/** The last lines of a log, for telling why a process ended. */
export function lastLines(file: string, count: number): string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trimEnd().split('\n').filter(Boolean).slice(-count);
}

const noise = /^\s+at |^\s*\^+$|^Node\.js v|^(file|node):.*:\d+$|^\s*throw /;

/** What a process said last, without the frames of a stack: those are in the log. */
export function lastWords(file: string): string[] {
  return lastLines(file, 60)
    .filter((line) => !noise.test(line))
    .slice(-4)
    .map((line) => line.slice(0, 500));
}

export interface LogTail {
  /** Reads what came since the last look. */
  readonly read: () => void;
  readonly close: () => void;
}

/** Follows a log that another process writes: children write straight to the file, so a stalled launcher never holds them up. */
export function followLog(file: string, onLine: (line: string) => void): LogTail {
  const handle = openSync(file, 'r');
  const decoder = new StringDecoder('utf8');
  let position = fstatSync(handle).size;
  let rest = '';
  const read = () => {
    const buffer = Buffer.alloc(65_536);
    for (let count = readSync(handle, buffer, 0, buffer.length, position); count > 0; ) {
      position += count;
      const lines = (rest + decoder.write(buffer.subarray(0, count))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
      count = readSync(handle, buffer, 0, buffer.length, position);
    }
  };
  const timer = setInterval(read, 200);
  timer.unref();
  const close = () => {
    clearInterval(timer);
    read();
    closeSync(handle);
  };
  return { read, close };
}
