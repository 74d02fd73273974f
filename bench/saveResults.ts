import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import type { Hold, Round, Summary } from './statistics.ts';

export interface Measured {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly hold: Hold;
  readonly rounds: readonly Round[];
  readonly summary: Summary;
}

/** Keeps every round beside what the machine was. Returns the file. */
export function saveResults(rows: readonly Measured[]): string {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    load: loadavg(),
  };
  const file = join(folder, `${at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, `${JSON.stringify({ at, machine, rows }, null, 2)}\n`);
  return relative(process.cwd(), file);
}
