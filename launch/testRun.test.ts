import { expect, it } from 'vitest';
import { needsServices } from './testSelection.ts';
import { summarise } from './testSummary.ts';

const files = [
  'workflows/graph/compile.test.ts',
  'api/crews/save.integration.test.ts',
  'launch/all.crash.test.ts',
];

it.each([
  [[], true],
  [['workflows/graph'], false],
  [['./workflows/graph'], false],
  [['api/crews'], true],
  [['workflows', 'launch'], true],
  [['--project', 'unit'], false],
  [['--project=unit', 'api'], false],
  [['-t', 'a title'], true],
])('starts services for the arguments %o: %s', (args, needed) => {
  expect(needsServices(args, files)).toBe(needed);
});

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
});

it('counts tests by how they ended', () => {
  const report = { testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'pending')] };
  expect(summarise(report, false)).toEqual({ passed: 2, failed: 1, skipped: 1 });
});

it('counts a file that broke before its tests as a failure', () => {
  expect(summarise({ testResults: [file('failed'), file('passed', 'passed')] }, false)).toMatchObject({
    failed: 1,
  });
});

it('never calls a run good that ended badly', () => {
  expect(summarise({ testResults: [file('passed', 'passed')] }, false)).toMatchObject({
    passed: 1,
    failed: 1,
  });
  expect(summarise(undefined, false)).toMatchObject({ failed: 1 });
});
