import type { Migration } from '../migrate.ts';

/** What a simulation has used of its limits since it was started or retried; and the tokens that people let it have. */
export const limits: Migration = {
  name: '030-limits',
  up: [
    `alter table simulations
       add column model_steps integer not null default 0,
       add column tool_steps integer not null default 0,
       add column tokens bigint not null default 0,
       add column token_limit bigint`,
  ],
  down: [
    `alter table simulations
       drop column model_steps, drop column tool_steps, drop column tokens, drop column token_limit`,
  ],
};
