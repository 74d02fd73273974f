import { literal, Op, type WhereOptions } from 'sequelize';
import { z } from 'zod';
import type { Question } from '../database/models/Question.ts';

/** Questions that somebody has to answer: of simulations that have not ended. */
export function openOnes(workspaceId: string): WhereOptions<Question> {
  const id = z.uuid().parse(workspaceId);
  return {
    answeredAt: null,
    expiredAt: null,
    simulationId: {
      [Op.in]: literal(
        `(select id from simulations where workspace_id = '${id}' and status in ('queued', 'running', 'waiting'))`,
      ),
    },
  };
}
