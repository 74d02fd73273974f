import { z } from 'zod';
import { PageInput, pageOf } from '../pages.ts';

export const MemoryView = z.object({
  id: z.uuid(),
  crewId: z.uuid(),
  crewName: z.string(),
  agent: z.string().describe('Role of who learnt it'),
  text: z.string(),
  importance: z.number().describe('0 to 1'),
  simulationId: z.uuid().nullable().describe('Where it was learnt; null when that is gone'),
  createdAt: z.iso.datetime(),
});
export const ListMemories = PageInput.extend({
  crewId: z.uuid().optional(),
  agent: z.string().max(4_000).optional().describe('Role of who learnt it'),
  search: z.string().trim().max(200).optional().describe('Found anywhere in what is remembered'),
});
export const MemoryPage = pageOf(MemoryView);
export const MemoryId = z.strictObject({ id: z.uuid() });

export const MemoryScopes = z.object({
  items: z.array(
    z.object({
      crewId: z.uuid(),
      crewName: z.string(),
      count: z.int(),
      agents: z.array(z.object({ role: z.string(), count: z.int() })),
    }),
  ),
});
export const ForgetCrew = z.strictObject({ crewId: z.uuid() });
export const Forgotten = z.object({ count: z.int() });
export type MemoryView = z.infer<typeof MemoryView>;
