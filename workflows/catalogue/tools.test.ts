import { describe, expect, it } from 'vitest';
import { findTool, TOOLS } from './tools.ts';

describe('the tools', () => {
  it('declare schemas that stay as they are, since stored requests are found by them', () => {
    expect(Object.fromEntries(TOOLS.map((tool) => [tool.name, tool.parameters]))).toEqual({
      calculator: {
        type: 'object',
        properties: {
          expression: { type: 'string', minLength: 1, maxLength: 500, description: expect.any(String) },
        },
        required: ['expression'],
        additionalProperties: false,
      },
      current_time: {
        type: 'object',
        properties: {
          timeZone: { type: 'string', minLength: 1, maxLength: 64, description: expect.any(String) },
        },
        additionalProperties: false,
      },
    });
  });

  it('are found by their own names only', () => {
    expect(findTool('calculator')?.title).toBe('Calculator');
    for (const name of ['__proto__', 'constructor', 'toString', '', 'Calculator']) {
      expect(findTool(name)).toBeUndefined();
    }
  });
});
