import { z } from 'zod';
import { InputName } from '../names.ts';

/** Another crew as a step, in the version that it is pinned to. Its answer is that crew's output. */
export const CrewData = z.strictObject({
  name: z.string().max(200),
  crewId: z.uuid().nullable().default(null),
  crewVersionId: z.uuid().nullable().default(null).describe('Pinned when it is chosen'),
  inputs: z
    .record(InputName, z.string().max(20_000))
    .default({})
    .describe(
      'What the other crew is given; may hold placeholders and {answer}, what is read by context edges',
    ),
});
export type CrewData = z.infer<typeof CrewData>;
