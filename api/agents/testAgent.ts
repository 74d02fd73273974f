import type { z } from 'zod';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { inputsOfAgent, MESSAGE_INPUT } from '#workflows/graph/soloGraph.ts';
import type { MemberContext } from '../context.ts';
import type { Agent } from '../database/models/Agent.ts';
import { findAccepted } from '../simulations/idempotency.ts';
import type { StartView } from '../simulations/schema.ts';
import { startSimulation } from '../simulations/startSimulation.ts';
import { problemsOfAgent, refuseProblems } from './problemsOfAgent.ts';
import type { TestAgentWithKey } from './schema.ts';
import { soloCrewOf } from './soloCrew.ts';

/** Lets an agent answer one message, as a simulation of the crew that it makes alone: with ledger, price and replay. */
export async function testAgent(
  context: MemberContext,
  agent: Agent,
  { message, inputs: given, budget, idempotencyKey }: z.infer<typeof TestAgentWithKey>,
): Promise<StartView> {
  const data = LibraryAgent.parse(agent.data);
  const inputs = { ...valuesFor(data, agent.inputs), ...given, [MESSAGE_INPUT]: message };
  const crew = await soloCrewOf(context, agent);
  const start = { crewId: crew.id, inputs, budget, idempotencyKey };
  const earlier = await findAccepted(context, start);
  if (earlier !== null) return { id: earlier, status: 'queued' };

  refuseProblems(problemsOfAgent(data, [...Object.keys(agent.inputs), ...Object.keys(given)]));
  return startSimulation(context, crew, start);
}

/** The declared values of what its texts really ask for. An empty one is no value: it is asked for each time. */
function valuesFor(agent: LibraryAgent, declared: Readonly<Record<string, string>>): Record<string, string> {
  const asked = new Set(inputsOfAgent(agent));
  return Object.fromEntries(
    Object.entries(declared).filter(([name, value]) => asked.has(name) && value.trim() !== ''),
  );
}
