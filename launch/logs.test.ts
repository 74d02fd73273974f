import { appendFileSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { errorInLine } from './logLine.ts';
import { followLog, lastWords, openLog } from './logs.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'troupe-logs-'));

it('keeps the logs of the last three starts beside a fresh one', () => {
  const folder = newFolder();
  for (let start = 0; start < 6; start += 1) openLog(folder, 'api');
  expect(readdirSync(folder).sort()).toEqual(['api.log', 'api.log.1', 'api.log.2', 'api.log.3']);
});

it('follows what is written, in whole lines, and not what was there before', () => {
  const file = join(newFolder(), 'log');
  writeFileSync(file, 'old\n');
  const lines: string[] = [];
  const tail = followLog(file, (line) => lines.push(line));
  appendFileSync(file, 'one\ntw');
  tail.read();
  expect(lines).toEqual(['one']);
  appendFileSync(file, 'o ü\n');
  tail.close();
  expect(lines).toEqual(['one', 'two ü']);
});

it('tells the last words of a process without the frames of a stack', () => {
  const file = join(newFolder(), 'log');
  writeFileSync(
    file,
    `file:///somewhere/main.ts:4
if (broken) throw new Error('no');
                  ^

Error: SMTP_URL is not a url
    at file:///somewhere/main.ts:4:35
    at ModuleJob.run (node:internal/modules/esm/module_job:561:25)

Node.js v24.21.0
`,
  );
  expect(lastWords(file)).toContain('Error: SMTP_URL is not a url');
  expect(lastWords(file).join()).not.toMatch(/ {4}at |Node\.js/);
});

it.each([
  ['{"level":50,"msg":"request failed","err":{"message":"boom"}}', 'request failed: boom'],
  ['{"level":60,"msg":"cannot start"}', 'cannot start'],
  ['{"level":30,"msg":"hello"}', undefined],
  ['{"level":', undefined],
  ['2026-01-01T00:00:00Z [ERROR] Worker failed', '2026-01-01T00:00:00Z [ERROR] Worker failed'],
  ['2026-01-01 [12] FATAL:  the database system is starting up', undefined],
  ['2026-01-01 [12] PANIC:  could not write', '2026-01-01 [12] PANIC:  could not write'],
  ['2026-01-01 [12] ERROR:  duplicate key value', undefined],
])('shows of the log line %s on the terminal: %s', (line, shown) => {
  expect(errorInLine(line)).toBe(shown);
});
