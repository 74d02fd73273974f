import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface McpTool {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: object;
  readonly annotations?: object;
}

interface Request {
  readonly id?: number;
  readonly method: string;
  readonly params?: {
    readonly name?: string;
    readonly arguments?: Record<string, unknown>;
    readonly cursor?: string;
  };
}

/** An MCP server over streamable HTTP on loopback, which does as a test says. */
export interface McpServerDouble {
  readonly url: string;
  readonly host: string;
  tools: McpTool[];
  /** Answers a call of a tool. */
  call: (name: string, args: Record<string, unknown>) => unknown;
  /** Instead of everything: true when it has answered itself. */
  instead: (request: Request, response: ServerResponse) => boolean;
  readonly requests: { readonly method: string; readonly headers: IncomingHttpHeaders }[];
  stop(): Promise<void>;
}

export const echoTool: McpTool = {
  name: 'echo',
  description: 'Says it again.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  annotations: { readOnlyHint: true },
};

export async function startMcpServer(): Promise<McpServerDouble> {
  const requests: McpServerDouble['requests'] = [];
  const server = createServer(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const message: Request = JSON.parse(Buffer.concat(chunks).toString());
    requests.push({ method: message.method, headers: request.headers });
    if (double.instead(message, response)) return;
    if (message.id === undefined) return response.writeHead(202).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    return response.end(
      JSON.stringify({ jsonrpc: '2.0', id: message.id, result: resultOf(double, message) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const double: McpServerDouble = {
    url: `http://${host}/mcp`,
    host,
    tools: [echoTool],
    call: (_, { text }) => ({ content: [{ type: 'text', text }] }),
    instead: () => false,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return double;
}

function resultOf(double: McpServerDouble, { method, params = {} }: Request): unknown {
  if (method === 'initialize')
    return {
      protocolVersion: '2025-06-18',
      capabilities: { tools: {} },
      serverInfo: { name: 'double', version: '1' },
    };
  if (method === 'tools/list') return { tools: double.tools };
  if (method === 'tools/call') return double.call(params.name ?? '', params.arguments ?? {});
  return {};
}
