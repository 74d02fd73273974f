import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { blockedBy } from '../egress/EgressBlocked.ts';
import { EgressFailed } from '../egress/EgressFailed.ts';

export interface ServerFailure {
  readonly code: string;
  /** May be read by models and people: nothing of this network is in it. */
  readonly message: string;
}

const TIMED_OUT = -32_001;

/** What went wrong with a tool server, in words. */
export function serverFailure(error: unknown): ServerFailure {
  const blocked = blockedBy(error);
  if (blocked) return { code: blocked.code, message: blocked.message };
  if (error instanceof EgressFailed) return { code: 'mcp.unreachable', message: error.message };
  if (error instanceof McpError && error.code === TIMED_OUT)
    return { code: 'mcp.timeout', message: 'The tool server did not answer in time.' };
  if (error instanceof McpError)
    return { code: 'mcp.refused', message: `The tool server refused: ${error.message.slice(0, 300)}` };
  const status = error instanceof Error && 'code' in error ? error.code : undefined;
  if (status === 401 || status === 403)
    return {
      code: 'mcp.unauthorised',
      message:
        'The tool server wants other credentials. A bearer token can be given; OAuth is not supported.',
    };
  // The SDK's own number for an answer that is none of MCP.
  if (typeof status === 'number' && status >= 100)
    return { code: 'mcp.refused', message: `The tool server answered with the status ${status}.` };
  return { code: 'mcp.unreachable', message: 'The tool server could not be reached, or is not one.' };
}
