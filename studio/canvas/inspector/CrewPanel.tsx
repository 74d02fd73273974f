import { useMemo } from 'react';
import { setProcess } from '#workflows/graph/edit.ts';
import { findInputs } from '#workflows/graph/inputs.ts';
import type { Process } from '#workflows/graph/schema.ts';
import { Cast } from '../../ui/Cast.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { useCrew } from '../CrewContext.ts';
import { castOf } from '../cast.ts';
import styles from './CrewPanel.module.css';
import { CrewSettingsForm } from './CrewSettingsForm.tsx';
import { HistoryTab } from './HistoryTab.tsx';

const PROCESS_HINTS = {
  sequential: 'One task after another, in the order of their numbers.',
  hierarchical: 'One task after another; a manager hands each to who is best for it.',
  parallel: 'Each task starts as soon as what it reads is ready.',
} as const;

const PROCESSES: readonly Process[] = ['sequential', 'hierarchical', 'parallel'];

/** The crew as a whole. */
export function CrewPanel() {
  const graph = useCanvas(selectGraph);
  const store = useCanvasStore();
  const crew = useCrew();
  const cast = useMemo(() => castOf(graph).map(({ name }) => name), [graph]);
  const inputs = useMemo(() => findInputs(graph), [graph]);
  return (
    <>
      {cast.length > 0 && <Cast names={cast} size={40} />}
      <h2 className={styles.title}>{crew.name}</h2>
      {crew.description && <p className={styles.about}>{crew.description}</p>}
      <Field label="How it works" hint={PROCESS_HINTS[graph.process]}>
        <Select
          value={graph.process}
          name="process"
          onChange={({ target }) => {
            const process = PROCESSES.find((each) => each === target.value) ?? 'sequential';
            store.getState().edit((before) => setProcess(before, process));
          }}
        >
          <option value="sequential">One after another</option>
          <option value="hierarchical">Led by a manager</option>
          <option value="parallel">Side by side</option>
        </Select>
      </Field>
      <CrewSettingsForm />
      <h3 className={`overline ${styles.part}`}>Asks for</h3>
      <p className={styles.inputs}>
        {inputs.length === 0 && (
          <span className="faint">Nothing. Words in {'{braces}'} become questions.</span>
        )}
        {inputs.map((name) => (
          <Chip key={name} tone="red">
            {name}
          </Chip>
        ))}
      </p>
      <h3 className={`overline ${styles.part}`}>History</h3>
      <HistoryTab />
    </>
  );
}
