import { Router } from 'express';
import type { Sequelize } from 'sequelize';
import type { Engine } from '../simulations/Engine.ts';

/**
 * `live`: the process answers. `ready`: it can do its work. Without a database it cannot (503); without the engine
 * it still accepts simulations, which start later, so that is said and no reason to send nobody here.
 */
export function health({ database, engine }: { database: Sequelize; engine: Engine }): Router {
  const router = Router();
  router.get('/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/ready', async (_request, response) => {
    const [hasDatabase, hasEngine] = await Promise.all([isReachable(database), engine.isReachable()]);
    response.status(hasDatabase ? 200 : 503).json({
      status: hasDatabase ? (hasEngine ? 'ready' : 'degraded') : 'unavailable',
      database: hasDatabase,
      engine: hasEngine,
    });
  });
  return router;
}

async function isReachable(database: Sequelize): Promise<boolean> {
  try {
    await database.query('select 1');
    return true;
  } catch {
    return false;
  }
}
