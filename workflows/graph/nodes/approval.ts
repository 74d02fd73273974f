import { z } from 'zod';
import { OutcomeName } from './outcome.ts';

/** A person decides among named outcomes, seeing what its context edges bring. Its answer is what they wrote. */
export const ApprovalData = z.strictObject({
  name: z.string().max(200),
  question: z.string().max(20_000).default('').describe('What the person is asked; may hold placeholders'),
  outcomes: z
    .array(z.strictObject({ name: OutcomeName, description: z.string().max(1_000).optional() }))
    .min(1)
    .max(10)
    .default([{ name: 'Approve' }, { name: 'Reject' }]),
  asksForText: z.boolean().default(false).describe('Whether a comment is asked for'),
  deadlineMinutes: z.int().min(1).max(525_600).nullable().default(null),
  reminderMinutes: z.int().min(1).max(525_600).nullable().default(null).describe('After the question'),
  otherwise: OutcomeName.nullable()
    .default(null)
    .describe('Taken at the deadline; without it, the simulation fails there and can be retried'),
});
export type ApprovalData = z.infer<typeof ApprovalData>;
