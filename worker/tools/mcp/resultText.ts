import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ToolAnswer } from '../Tool.ts';

type Result = Awaited<ReturnType<Client['callTool']>>;

/** What a model reads of a result: its texts; of pictures and sounds only that they are there. */
export function resultAnswer(result: Result): ToolAnswer {
  const content = Array.isArray(result.content) ? result.content : [];
  const texts = content.map((part: unknown) => partText(part)).filter((text) => text !== '');
  const structured = result.structuredContent === undefined ? '' : JSON.stringify(result.structuredContent);
  const text = texts.length > 0 ? texts.join('\n') : structured;
  return { text: text === '' ? '(no result)' : text, ok: result.isError !== true };
}

function partText(part: unknown): string {
  if (typeof part !== 'object' || part === null || !('type' in part)) return '';
  if (part.type === 'text' && 'text' in part) return String(part.text);
  if (part.type === 'resource' && 'resource' in part) return resourceText(part.resource);
  if (part.type === 'resource_link' && 'uri' in part) return `[resource: ${String(part.uri)}]`;
  return `[${String(part.type)}${'mimeType' in part ? ` of type ${String(part.mimeType)}` : ''}]`;
}

function resourceText(resource: unknown): string {
  if (typeof resource !== 'object' || resource === null) return '';
  if ('text' in resource) return String(resource.text);
  return 'uri' in resource ? `[resource: ${String(resource.uri)}]` : '';
}
