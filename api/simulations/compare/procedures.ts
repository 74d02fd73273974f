import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { findSimulation } from '../findSimulation.ts';
import { simulationProcedure } from '../procedures.ts';
import { compareSimulations } from './compareSimulations.ts';
import { CompareSimulations, Comparison } from './schema.ts';

/** The other simulation is looked for before the input is judged, as every thing that a request is about. */
const Other = z.looseObject({ with: z.uuid().toLowerCase() });
const comparing = simulationProcedure.use(async ({ ctx, getRawInput, next }) => {
  const other = Other.safeParse(await getRawInput());
  // What is no id is refused with everything else that is wrong with the input.
  return next({ ctx: { other: other.success ? await findSimulation(ctx, other.data.with) : null } });
});

export const compareProcedures = {
  compare: comparing
    .meta({
      openapi: {
        method: 'GET',
        path: '/simulations/{id}/compare',
        tags: ['Simulations'],
        summary: 'Compare it with another simulation, step by step',
        description:
          'Steps are aligned by path. A step is the same when it was asked the same and answered the same; the first that is not is named.',
      },
    })
    .input(CompareSimulations)
    .output(Comparison)
    .query(({ ctx }) => {
      if (!ctx.other) throw notFound('simulation');
      return compareSimulations(ctx, { a: ctx.simulation, b: ctx.other });
    }),
};
