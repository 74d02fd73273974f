import { afterAll, afterEach, beforeAll } from 'vitest';
import { setUpEngine, type TestEngine } from './setUpEngine.ts';

/** An engine for a test file: made before its tests, cleaned after each, taken down at the end. */
export function useEngine(): () => Pick<TestEngine, 'engine' | 'models'> {
  let made: TestEngine | undefined;
  beforeAll(async () => {
    made = await setUpEngine();
  });
  afterEach(() => made?.models.reset());
  afterAll(() => made?.tearDown());
  return () => {
    if (!made) throw new Error('The engine is not up');
    return made;
  };
}
