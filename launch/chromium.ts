import { findProgram, isExecutable } from './findProgram.ts';
import { LaunchProblem } from './LaunchProblem.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser that the tests drive: CHROMIUM_PATH, or the system's. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM_PATH) return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  return names
    .map((name) => findProgram(name, `/usr/bin:${env.PATH ?? ''}`))
    .find((path) => path !== undefined);
}

/** For a test that has been chosen to run although there may be no browser. */
export function requireChromium(): string {
  const path = findChromium();
  if (path) return path;
  throw new LaunchProblem('There is no Chromium: apt-get install chromium, or name one with CHROMIUM_PATH.');
}
