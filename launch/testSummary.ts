import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';

/** What vitest's JSON reporter writes, as far as we count it. */
const Report = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
export type Report = z.infer<typeof Report>;

export interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Adds up a run. A file that failed before its tests could be counted is one failure, and so is a run that ended badly
 * although every test passed (an unhandled rejection, nothing found to run).
 */
export function summarise(report: Report | undefined, endedWell: boolean): TestSummary {
  const files = report?.testResults ?? [];
  const count = (...statuses: string[]) =>
    files.flatMap((file) => file.assertionResults).filter(({ status }) => statuses.includes(status)).length;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  );
  const failed = count('failed') + brokenFiles.length;
  return {
    passed: count('passed'),
    failed: failed === 0 && !endedWell ? 1 : failed,
    skipped: count('skipped', 'pending', 'todo', 'disabled'),
  };
}

export function readReport(file: string): Report | undefined {
  if (!existsSync(file)) return undefined;
  return Report.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
}

/** On one line with plain numbers, so that a shell script can read it. */
export function writeSummary(file: string, summary: TestSummary): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(summary)}\n`);
}

export function removeOld(...files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
}
