import type { MemberContext } from '../context.ts';
import type { Crew } from '../database/models/Crew.ts';
import { createCrew } from './createCrew.ts';

/** A second crew with the same graph. */
export const duplicateCrew = (context: MemberContext, { name, description, graph }: Crew): Promise<Crew> =>
  createCrew(context, { name: `${name.slice(0, 190)} (copy)`, description, graph }, graph);
