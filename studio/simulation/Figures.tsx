import { useStore } from 'zustand';
import { splitModel } from '#workflows/catalogue/models.ts';
import type { SimulationState } from '#workflows/simulationState.ts';
import { formatCount, formatDuration, formatMoney, plural } from '../ui/formats.ts';
import { useNow } from '../ui/useNow.ts';
import { isClosed } from './runStore.ts';
import { useRunStore } from './useSimulation.ts';

/** Time, steps, tokens and money of the simulation, in one line of figures. */
export function Figures() {
  const state = useStore(useRunStore(), (run) => run.state);
  const isRunning = state.startedAt !== null && !isClosed(state.status);
  const now = useNow(isRunning);
  const { totals } = state;
  const tokens = totals.inputTokens + totals.outputTokens;
  const ended = state.endedAt ? Date.parse(state.endedAt) : now;
  if (state.startedAt === null) return null;
  const parts = [
    formatDuration(ended - Date.parse(state.startedAt)),
    plural(totals.modelCalls + totals.toolCalls, 'step'),
    totals.reusedSteps > 0 && `${formatCount(totals.reusedSteps)} reused`,
    tokens > 0 && `${formatCount(tokens)} tokens`,
    isDemoOnly(state) ? 'demo model, $0' : formatMoney(totals.costMicros),
  ];
  return <span className="mono">{parts.filter(Boolean).join(' · ')}</span>;
}

/** Only the stand-in answered: nothing was paid, and nobody should take it for a real model. */
function isDemoOnly({ steps }: SimulationState): boolean {
  const models = Object.values(steps).flatMap(({ model }) => model ?? []);
  return models.length > 0 && models.every(isDemo);
}

export const isDemo = (model: string): boolean => splitModel(model)?.provider === 'demo';
