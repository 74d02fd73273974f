import { expect, it } from 'vitest';
import { serverFailure } from './serverFailure.ts';

it.each([
  [500, 'mcp.refused', 'The tool server answered with the status 500.'],
  // As the SDK says that a page of the web is no answer of MCP.
  [-1, 'mcp.unreachable', 'The tool server could not be reached, or is not one.'],
])('says what the number %i of a failed connection means', (code, failure, message) => {
  expect(serverFailure(Object.assign(new Error('no'), { code }))).toEqual({ code: failure, message });
});
