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
  test: z.infer<typeof TestAgentWithKey>,
): Promise<StartView> {
  // First of all: a repeated request has its answer, whatever became of the agent in the meantime.
  const earlier = await findAccepted(context, test);
  if (earlier !== null) return { id: earlier, status: 'queued' };

  const { message, inputs: given, budget } = test;
  const data = LibraryAgent.parse(agent.data);
  refuseProblems(problemsOfAgent(data, [...Object.keys(agent.inputs), ...Object.keys(given)]));
  const inputs = { ...valuesFor(data, agent.inputs), ...given, [MESSAGE_INPUT]: message };
  const crew = await soloCrewOf(context, agent);
  return startSimulation(context, crew, { crewId: crew.id, inputs, budget }, test);
}

/** The declared values of what its texts really ask for. An empty one is no value: it is asked for each time. */
function valuesFor(agent: LibraryAgent, declared: Readonly<Record<string, string>>): Record<string, string> {
  const asked = new Set(inputsOfAgent(agent));
  return Object.fromEntries(
    Object.entries(declared).filter(([name, value]) => asked.has(name) && value.trim() !== ''),
  );
}
