import { expect, test } from 'vitest';
import { ASK_PERSON } from '../names.ts';
import { findTool } from './tools.ts';

test('the workflow knows the tool that asks people by its name', () => {
  expect(findTool(ASK_PERSON)?.title).toBe('Ask a person');
});
