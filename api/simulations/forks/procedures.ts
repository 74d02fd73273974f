import { readId } from '../../readId.ts';
import { memberProcedure } from '../../trpc.ts';
import { simulationProcedure } from '../procedures.ts';
import { SimulationId, StartView } from '../schema.ts';
import { findSource, findTarget, requireRole } from './enterWorkspace.ts';
import { forkSimulation } from './forkSimulation.ts';
import { prepareFork } from './prepareFork.ts';
import { previewFork } from './previewFork.ts';
import { readTree } from './readTree.ts';
import { FamilyTree, ForkPreview, ForkSimulation, ForkSimulationWithKey } from './schema.ts';

const tags = ['Simulations'];

/** About a simulation of any workspace of the caller's; the fork is for the one that the request names. */
const forkProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const input = await getRawInput();
  const { simulation } = await findSource(ctx, readId(input, 'simulation'));
  const target = await findTarget(ctx, input);
  requireRole(target, 'run');
  return next({ ctx: { parent: simulation, target } });
});

/** Everything that makes simulations of simulations. */
export const forkProcedures = {
  fork: forkProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/fork',
        tags,
        summary: 'Fork a simulation, whatever its status',
        description:
          'Starts a new simulation that takes over, free of charge, every step whose request is unchanged. Change the graph, inputs or earlier answers, or name a moment (`atSeq`) or a step (`fromPath`) after which everything runs anew. The parent stays as it is. With `workspaceId`, or a `Troupe-Workspace` header that names another workspace of yours than the simulation’s, the fork is made there and what it needs is copied first.',
      },
      rest: { status: 201, takesIdempotencyKey: true },
    })
    .input(ForkSimulationWithKey)
    .output(StartView)
    .mutation(({ ctx, input }) => forkSimulation(ctx, input)),

  previewFork: forkProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/fork/preview',
        tags,
        summary: 'See what a fork would run and what it would cost at most',
        description:
          'Takes what a fork takes, calls nobody and writes nothing. A step whose prompt depends on an answer that is not there yet counts as run anew.',
      },
    })
    .input(ForkSimulation)
    .output(ForkPreview)
    .mutation(async ({ ctx, input }) => previewFork(ctx, await prepareFork(ctx, ctx.parent, input))),

  tree: simulationProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/simulations/{id}/tree',
        tags,
        summary: 'See what it was forked from and what was forked from it',
        description:
          'The whole family in this workspace, from the first simulation on, with what each fork changed.',
      },
    })
    .input(SimulationId)
    .output(FamilyTree)
    .query(({ ctx }) => readTree(ctx, ctx.simulation)),
};
