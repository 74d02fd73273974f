import { simulationProcedure } from '../simulations/procedures.ts';
import { SimulationId } from '../simulations/schema.ts';
import { allowing } from '../trpc.ts';
import { managedWorkspace, workspaceProcedure } from '../workspaces/procedures.ts';
import { WorkspaceId } from '../workspaces/schema.ts';
import { keepSimulation } from './keepSimulation.ts';
import { showRetention } from './readRetention.ts';
import { saveRetention } from './saveRetention.ts';
import { KeepView, RetentionView, SaveRetention } from './schema.ts';

/** Of a workspace: how long it keeps simulations that have ended. */
export const retentionProcedures = {
  retention: workspaceProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/workspaces/{id}/retention',
        tags: ['Workspaces'],
        summary: 'See how long ended simulations are kept',
      },
    })
    .input(WorkspaceId)
    .output(RetentionView)
    .query(({ ctx }) => showRetention(ctx.database, ctx.caller.workspace.id)),

  saveRetention: managedWorkspace
    .meta({
      openapi: {
        method: 'PUT',
        path: '/workspaces/{id}/retention',
        tags: ['Workspaces'],
        summary: 'Decide how long ended simulations are kept',
        description:
          'After that they are removed with their steps, events and files; what crews remember stays. Kept ones stay, and so does everything for seven days after a shorter term was chosen.',
      },
    })
    .input(SaveRetention)
    .output(RetentionView)
    .mutation(({ ctx, input }) => saveRetention(ctx, input)),
};

/** Of a simulation. Letting go is for who may delete: it ends in that. */
export const keepProcedures = {
  keep: simulationProcedure
    .use(allowing('run'))
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/keep',
        tags: ['Simulations'],
        summary: 'Keep it for good, however long simulations are kept here',
      },
    })
    .input(SimulationId)
    .output(KeepView)
    .mutation(({ ctx }) => keepSimulation(ctx, { id: ctx.simulation.id, isKept: true })),

  release: simulationProcedure
    .use(allowing('edit'))
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/release',
        tags: ['Simulations'],
        summary:
          'Let go of one that is kept: it is removed when its time is over, in seven days at the soonest',
      },
    })
    .input(SimulationId)
    .output(KeepView)
    .mutation(({ ctx }) => keepSimulation(ctx, { id: ctx.simulation.id, isKept: false })),
};
