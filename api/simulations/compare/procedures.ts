import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { readId } from '../../readId.ts';
import { memberProcedure } from '../../trpc.ts';
import { findSource } from '../forks/findSource.ts';
import { compareSimulations } from './compareSimulations.ts';
import { CompareSimulations, Comparison } from './schema.ts';

/**
 * Both are looked for before the input is judged, as every thing that a request is about, and in every workspace of the
 * caller: a fork may be in another than what it was forked from. Who is not a member of both finds nothing.
 */
const Other = z.looseObject({ with: z.uuid().toLowerCase() });
const comparing = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const input = await getRawInput();
  const { simulation } = await findSource(ctx, readId(input, 'simulation'));
  const other = Other.safeParse(input);
  // What is no id is refused with everything else that is wrong with the input.
  const found = other.success ? await findSource(ctx, other.data.with) : null;
  return next({ ctx: { simulation, other: found?.simulation ?? null } });
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
          'Steps are aligned by path. A step is the same when it was asked the same and answered the same; the first that is not is named. Either may be in any workspace of yours, so that a fork can be held against what it was forked from elsewhere.',
      },
    })
    .input(CompareSimulations)
    .output(Comparison)
    .query(({ ctx }) => {
      if (!ctx.other) throw notFound('simulation');
      return compareSimulations(ctx, { a: ctx.simulation, b: ctx.other });
    }),
};
