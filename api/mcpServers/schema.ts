import { z } from 'zod';

export const McpServerId = z.strictObject({ id: z.uuid() });

export const CreateMcpServer = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .regex(/^[^\p{Cc}]*$/u, 'A name has no control characters.'),
  url: z.string().trim().min(1).max(2_000).describe('Streamable HTTP, such as https://tools.example.org/mcp'),
  transport: z
    .literal('streamable_http')
    .default('streamable_http')
    .describe('No other is supported: no stdio, no SSE'),
  credentialId: z
    .uuid()
    .nullable()
    .default(null)
    .describe('A saved bearer token or header for its address; no OAuth'),
});
export type CreateMcpServer = z.infer<typeof CreateMcpServer>;

export const ConfirmMcpServer = z.strictObject({
  id: z.uuid(),
  hash: z
    .string()
    .min(1)
    .max(100)
    .describe('The `seenHash` that was looked at: what came later is not agreed to'),
});
export type ConfirmMcpServer = z.infer<typeof ConfirmMcpServer>;

export const ServerToolView = z.object({
  name: z.string().describe('By which agents are given it and models call it'),
  tool: z.string().describe('By which its server knows it'),
  title: z.string(),
  description: z.string(),
  changesOutsideWorld: z.boolean(),
});

const Names = z.array(z.string());

export const McpServerView = z.object({
  id: z.uuid(),
  name: z.string(),
  url: z.string(),
  credentialId: z.uuid().nullable(),
  state: z
    .enum(['unseen', 'ready', 'changed', 'unreachable'])
    .describe('changed: its tools fail until somebody agrees'),
  tools: z.array(ServerToolView).describe('Agreed to'),
  seen: z.array(ServerToolView).describe('As they were when it was last looked at'),
  seenHash: z.string().nullable(),
  changes: z.object({ added: Names, removed: Names, changed: Names }).nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  checkedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type McpServerView = z.infer<typeof McpServerView>;

/** All at once: a workspace has no more than fifty. */
export const McpServerList = z.object({ items: z.array(McpServerView), nextCursor: z.null() });
