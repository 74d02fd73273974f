import { z } from 'zod';
import type { CallRecord } from '#bench/modelServer/script.ts';

const Body = z.object({
  messages: z.array(z.object({ role: z.string(), content: z.string().nullable() })),
});

/** What an OpenAI-compatible server was sent, as `role: text`, so that a test can compare whole prompts. */
export const messagesOf = (call: CallRecord | undefined): readonly string[] =>
  Body.parse(call?.body).messages.map(({ role, content }) => `${role}: ${content ?? ''}`);

/** The last message alone: what was added. */
export const lastMessageOf = (call: CallRecord | undefined): string => messagesOf(call).at(-1) ?? '';
