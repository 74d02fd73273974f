import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfChanged } from './fingerprint.ts';
import type { House } from './house.ts';
import { node, root } from './paths.ts';
import { say } from './terminal.ts';

const lockfile = join(root, 'package-lock.json');
export const workflowBundle = join(root, 'dist', 'workflow.cjs');

/** Builds the studio when it changed. Built aside and then swapped in, so whoever serves it meanwhile never serves half. */
export function buildStudio(house: House): Promise<void> {
  const output = join(root, 'dist', 'studio');
  return buildIfChanged({
    output,
    inputs: [join(root, 'studio'), join(root, 'workflows'), lockfile],
    build: async () => {
      say('Building the studio ...');
      const fresh = `${output}.${process.pid}`;
      const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
      await house.runTask({
        name: 'studio-build',
        failure: 'The studio could not be built',
        spec: task(house, [
          vite,
          'build',
          '--config',
          'studio/vite.config.ts',
          '--outDir',
          fresh,
          '--emptyOutDir',
        ]),
      });
      swapIn(fresh, output);
    },
  });
}

function swapIn(fresh: string, output: string): void {
  const old = `${output}.old-${process.pid}`;
  if (existsSync(output)) renameSync(output, old);
  renameSync(fresh, output);
  rmSync(old, { recursive: true, force: true });
}

/** Bundles the workflow when it changed. */
export function bundleWorkflow(house: House): Promise<void> {
  return buildIfChanged({
    output: workflowBundle,
    inputs: [join(root, 'workflows'), join(root, 'worker', 'workflowBundle.ts'), lockfile],
    build: () =>
      house.runTask({
        name: 'workflow-build',
        failure: 'The workflow could not be bundled',
        spec: task(house, [join(root, 'launch', 'bundleWorkflow.ts'), workflowBundle]),
      }),
  });
}

function task(house: House, args: readonly string[]) {
  return { command: node, args, cwd: root, env: house.settings.env, stopSignal: 'SIGTERM' } as const;
}
