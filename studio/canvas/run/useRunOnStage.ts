import { useState } from 'react';
import { findInputs } from '#workflows/graph/inputs.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { hasErrors, validateGraph } from '#workflows/graph/validate.ts';
import { problemOf } from '../../problem.ts';
import { canTakeOver, startTakingOver, type TakeOver } from '../../simulation/fork/takeOver.ts';
import { useSimulation } from '../../simulation/useSimulation.ts';
import { useSimulationCommands } from '../../simulation/useSimulationCommands.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { announce } from '../../ui/announcer.ts';
import { plural } from '../../ui/formats.ts';
import { toast } from '../../ui/toasts.ts';
import { useAddressPart } from '../../ui/useAddress.ts';
import { newId } from '../commands/newId.ts';
import { showProblems } from '../problems/problemList.ts';
import type { Saving } from '../save/SaveContext.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import type { RunControl } from './RunControl.ts';
import { rememberInputs } from './rememberedInputs.ts';

/** Runs the crew and keeps its simulation on the stage. Which one stands in the address, so that a reload keeps it. */
export function useRunOnStage(store: CanvasStore, crewId: string, saving: Saving) {
  const [id, show] = useAddressPart('run');
  const simulation = useSimulation(id);
  const commands = useSimulationCommands(id, simulation.followAgain);
  const [asking, setAsking] = useState<readonly string[] | null>(null);
  const [isStarting, setIsStarting] = useState(false);

  const begin = (inputs: Inputs, takeOver: TakeOver | null) => {
    setAsking(null);
    setIsStarting(true);
    rememberInputs(crewId, inputs);
    const { graph } = store.getState();
    start({ crewId, graph, inputs, takeOver }, saving)
      .then((started) => {
        if (started) show(started);
      })
      .catch((error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' }))
      .finally(() => setIsStarting(false));
  };

  const run = () => {
    if (isStarting) return;
    const { graph } = store.getState();
    const problems = validateGraph(graph);
    if (hasErrors(problems)) {
      const errors = problems.filter(({ severity }) => severity === 'error');
      showProblems(true);
      announce(`${plural(errors.length, 'thing')} to fix before it can run.`);
      return;
    }
    const names = findInputs(graph);
    if (names.length > 0) return setAsking(names);
    setIsStarting(true);
    canTakeOver(crewId, { graph, inputs: {} })
      .then((can) => {
        setIsStarting(false);
        if (can) setAsking([]);
        else begin({}, null);
      })
      .catch(() => setIsStarting(false));
  };

  const control: RunControl = {
    ...commands,
    isStarting,
    asking,
    run,
    begin,
    stopAsking: () => setAsking(null),
    dismiss: () => show(null),
  };
  return { simulation, control };
}

type Inputs = Readonly<Record<string, string>>;

interface Start {
  readonly crewId: string;
  readonly graph: CrewGraph;
  readonly inputs: Inputs;
  readonly takeOver: TakeOver | null;
}

/** Undefined when the draft could not be saved: a simulation runs what the server has. */
async function start(
  { crewId, graph, inputs, takeOver }: Start,
  saving: Saving,
): Promise<string | undefined> {
  if (!(await saving.saveNow())) {
    toast({ text: 'The crew is not saved yet, so it cannot run.', tone: 'fail' });
    return undefined;
  }
  const { id } = takeOver
    ? await startTakingOver(takeOver, { graph, inputs })
    : await client.simulations.start.mutate({ crewId, inputs, idempotencyKey: newId() });
  for (const queryKey of [trpc.simulations.list.pathKey(), trpc.simulations.tree.pathKey()])
    queryClient.invalidateQueries({ queryKey }).catch(() => undefined);
  return id;
}
