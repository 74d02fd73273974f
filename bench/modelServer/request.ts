import type { IncomingMessage } from 'node:http';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error('The request is too large.');
    parts.push(bytes);
  }
  return size === 0 ? {} : JSON.parse(Buffer.concat(parts).toString());
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All strings a model would read: texts, and what tools and their calls said. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join('\n');
  if (!isRecord(content)) return '';
  return [content.text, content.content, content.system, content.messages]
    .map(textOf)
    .filter(Boolean)
    .join('\n');
}

export const promptOf = (body: Record<string, unknown>): string =>
  textOf([{ system: body.system }, { messages: body.messages }]);

/** OpenAI's way, which Anthropic's newer SDKs share, or Anthropic's older header. */
export function keyOf({ headers }: IncomingMessage): string {
  const key = headers.authorization?.replace(/^Bearer /, '') ?? headers['x-api-key'];
  return typeof key === 'string' ? key : '';
}
