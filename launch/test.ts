import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { explain } from './LaunchProblem.ts';
import { node, root } from './paths.ts';
import { onStopSignals } from './stopSignals.ts';
import { warn } from './terminal.ts';
import { needsServices } from './testSelection.ts';
import { startTestServices, type TestServices } from './testServices.ts';
import { readReport, removeOld, summarise, type TestSummary, writeSummary } from './testSummary.ts';

const reportFile = join(root, '.cache', 'test-report.json');
const summaryFile = join(root, '.cache', 'test-summary.json');
const none: TestServices = { env: {}, stop: async () => {} };

let stopVitest = (): void => process.exit(130);
onStopSignals({ onStop: () => stopVitest(), onKill: () => process.exit(130) });
removeOld(reportFile, summaryFile);
const summary = await run(process.argv.slice(2));
writeSummary(summaryFile, summary);
process.exit(summary.failed === 0 ? 0 : 1);

async function run(args: readonly string[]): Promise<TestSummary> {
  try {
    const services = needsServices(args) ? await startTestServices() : none;
    const code = await runVitest([...args, ...withoutBrowser()], services.env);
    await services.stop();
    return withMissing(summarise(readReport(reportFile), code === 0));
  } catch (error) {
    warn(explain(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Without a browser its tests cannot run: on a laptop that is said loudly, in CI it is a failure. */
function withoutBrowser(): string[] {
  if (findChromium()) return [];
  warn(
    '\n!!! There is no Chromium: the browser tests are SKIPPED (apt-get install chromium, or set CHROMIUM_PATH).\n',
  );
  return ['--project=!browser'];
}

function withMissing(summary: TestSummary): TestSummary {
  return process.env.CI && !findChromium() ? { ...summary, failed: summary.failed + 1 } : summary;
}

function runVitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(node, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  stopVitest = () => void child.kill('SIGINT');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
