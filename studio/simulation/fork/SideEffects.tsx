import type { SimulationView } from '../data/DataTab.tsx';
import { changeFork, useForkDraft } from './forkStore.ts';
import { SideEffectsField } from './SideEffectsField.tsx';

export function SideEffects({ view }: { readonly view: SimulationView }) {
  const { sideEffects } = useForkDraft(view.id);
  return (
    <SideEffectsField
      graph={view.graph}
      value={sideEffects}
      onChange={(next) => changeFork(view.id, (from) => ({ ...from, sideEffects: next }))}
    />
  );
}
