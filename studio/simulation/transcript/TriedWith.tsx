import { MESSAGE_INPUT } from '#workflows/graph/soloGraph.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import styles from './TriedWith.module.css';

/** Of an agent that was tried alone: what it was asked. In a crew the tasks say that. */
export function TriedWith({ view: { agentId, inputs } }: { readonly view: SimulationView }) {
  const message = inputs[MESSAGE_INPUT];
  if (agentId === null || message === undefined) return null;
  return (
    <p className={styles.tried} data-testid="tried-with">
      <span className="faint">Asked</span>
      <q>{message}</q>
    </p>
  );
}
