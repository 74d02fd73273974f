import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { beforeAll, describe, expect, it } from 'vitest';

/** Without its source map. Temporal's own runtime is 0.53 MB of it; zod would add another. */
const LARGEST = 760_000;

describe('the workflow’s bundle', () => {
  let code = '';
  let modules: string[] = [];

  // Fails by itself on anything impure: Node's modules, network, files.
  beforeAll(async () => {
    const bundle = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('runSimulation.ts', import.meta.url)),
      logger: new DefaultLogger('ERROR'),
    });
    code = bundle.code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
    modules = [...code.matchAll(/!\*\*\* (\S+) \*\*\*!/g)].map(([, name = '']) => name);
  }, 60_000);

  it('has what it should have', () => {
    expect(modules).toContain('./workflows/runSimulation.ts');
    expect(
      modules.filter((name) => /node_modules\/@temporalio\/workflow\/lib\/index\.js$/.test(name)),
    ).toHaveLength(1);
  });

  it('has no zod, nor the parts of the centre that need it', () => {
    expect(
      modules.filter((name) => /node_modules\/zod\/|workflows\/(graph|prompts|catalogue)\//.test(name)),
    ).toEqual([]);
  });

  it('stays small, since each cached workflow holds it', () => {
    expect(code.length).toBeLessThan(LARGEST);
  });
});
