import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { testWorkers } from './launch/testWorkers.ts';

const integration = '**/*.integration.test.ts';
const crash = '**/*.crash.test.ts';
const browser = 'studio/e2e/**/*.browser.test.ts';
const never = ['**/node_modules/**', '**/dist/**', '.cache/**', '.data/**'];

type ProjectOptions = NonNullable<TestProjectInlineConfiguration['test']>;

/** Projects run one after another in this order, so that what kills and starts processes disturbs nobody else. */
function project(groupOrder: number, options: ProjectOptions): TestProjectInlineConfiguration {
  return {
    test: {
      exclude: never,
      setupFiles: ['./launch/testSetup.ts'],
      sequence: { groupOrder },
      maxWorkers: testWorkers,
      // Not what a test may take, but when it is given up: processes start slowly on a busy machine.
      testTimeout: 30_000,
      expect: { poll: { timeout: 15_000, interval: 20 } },
      ...options,
    },
  };
}

/** Room for starting and killing real processes, of which each file has its own: no more than two files at once. */
const withProcesses = { maxWorkers: 2, testTimeout: 180_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      project(0, {
        name: 'unit',
        include: ['**/*.test.{ts,tsx}'],
        exclude: [...never, integration, crash, browser],
      }),
      project(1, { name: 'integration', include: [integration], testTimeout: 60_000, hookTimeout: 60_000 }),
      project(2, { name: 'crash', include: [crash], ...withProcesses }),
      project(3, { name: 'browser', include: [browser], ...withProcesses }),
    ],
  },
});
