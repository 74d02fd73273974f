import { memberProcedure, router } from '../trpc.ts';
import { listModels } from './listModels.ts';
import { ListModels, ModelsView } from './schema.ts';

export const modelsRouter = router({
  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/models',
        tags: ['Models'],
        summary: 'List models, with prices, what each can do, and whether there is a key for it',
      },
    })
    .input(ListModels)
    .output(ModelsView)
    .query(({ ctx, input }) => listModels(ctx, input)),
});
