import { router } from '../trpc.ts';
import { stopProcedures } from './stops/procedures.ts';

export const workspacesRouter = router({
  ...stopProcedures,
});
