import { readId } from '../../readId.ts';
import { memberProcedure } from '../../trpc.ts';
import { requireRole } from '../../workspaces/enterWorkspace.ts';
import { commandProcedure, simulationProcedure } from '../procedures.ts';
import { SimulationId, StartView } from '../schema.ts';
import { findSource, findTarget } from './findSource.ts';
import { forkSimulation } from './forkSimulation.ts';
import { keepVariant } from './keepVariant.ts';
import { listVariants } from './listVariants.ts';
import { moveSimulation } from './moveSimulation.ts';
import { prepareFork } from './prepareFork.ts';
import { previewFork } from './previewFork.ts';
import { previewVariants } from './previewVariants.ts';
import { readTree } from './readTree.ts';
import {
  FamilyTree,
  ForkPreview,
  ForkSimulation,
  ForkSimulationWithKey,
  KeepVariant,
  ListVariants,
  MoveSimulation,
  PreviewVariants,
  StartVariants,
  StartVariantsView,
  VariantList,
  VariantsPreview,
} from './schema.ts';
import { startVariants } from './startVariants.ts';

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
          'Starts a new simulation that takes over, free of charge, every step whose request is unchanged. Change the graph, inputs or earlier answers, or name a moment (`atSeq`) or a step (`fromPath`) after which everything runs anew when nothing is changed. With a change, paid steps after the moment are taken over as well where their request is the same; answers that people gave after it are not. The parent stays as it is. With `workspaceId`, or a `Troupe-Workspace` header that names another workspace of yours than the simulation’s, the fork is made there and what it needs is copied first.',
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
          'Takes what a fork takes, calls nobody and writes nothing. A step whose prompt depends on an answer that is not there yet counts as run anew. In maps, loops and behind branches that is every step of a node that reads something changed, and both ways of a branch that may come out otherwise.',
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
          'The whole family in this workspace, from the first simulation on, with what each fork changed, and where it goes on in other workspaces of yours.',
      },
    })
    .input(SimulationId)
    .output(FamilyTree)
    .query(({ ctx }) => readTree(ctx, ctx.simulation)),

  move: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/move',
        tags,
        summary: 'Go on with the crew as it is drawn now',
        description:
          'For a simulation that has failed, is paused or waits. A fork with the newest draft takes over what is unchanged and goes on; the old one is cancelled if it was open and names the fork in `continuedIn`. Tools that change the outside world are sent, unless you say otherwise. Moving again gives the same answer.',
      },
      rest: { status: 201 },
    })
    .input(MoveSimulation)
    .output(StartView)
    .mutation(({ ctx, input }) => moveSimulation(ctx, ctx.simulation, input)),

  startVariants: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/variants',
        tags,
        summary: 'Try a step in several variants',
        description:
          'Each variant is a fork that does the task of the step anew, with another model, temperature or prompt, and ends after it: it costs the calls of that task alone. An empty variant asks the same once more.',
      },
      rest: { status: 201, takesIdempotencyKey: true },
    })
    .input(StartVariants)
    .output(StartVariantsView)
    .mutation(({ ctx, input }) => startVariants(ctx, ctx.simulation, input)),

  previewVariants: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/variants/preview',
        tags,
        summary: 'See what variants of a step would cost at most',
        description: 'Takes what starting variants takes, calls nobody and writes nothing.',
      },
    })
    .input(PreviewVariants)
    .output(VariantsPreview)
    .mutation(({ ctx, input }) => previewVariants(ctx, ctx.simulation, input)),

  variants: simulationProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/simulations/{id}/variants',
        tags,
        summary: 'See the variants of a step side by side',
      },
    })
    .input(ListVariants)
    .output(VariantList)
    .query(({ ctx, input }) => listVariants(ctx, ctx.simulation, input)),

  keepVariant: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/variants/keep',
        tags,
        summary: 'Go on from a variant',
        description:
          'A fork of the variant does the rest of the crew. Variants of the same group that still run are cancelled. Keeping one again gives the same answer.',
      },
      rest: { status: 201 },
    })
    .input(KeepVariant)
    .output(StartView)
    .mutation(({ ctx, input }) => keepVariant(ctx, ctx.simulation, input)),
};
