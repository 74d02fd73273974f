import { useMemo } from 'react';
import { disconnect } from '#workflows/graph/connect.ts';
import { Face } from '../../ui/Face.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { castOf, doersOf } from '../cast.ts';
import { connectNodes } from '../commands/connectNodes.ts';
import styles from './form.module.css';

/** Who does the task: the line from an agent, as a list. */
export function DoneBy({ taskId }: { readonly taskId: string }) {
  const graph = useCanvas(selectGraph);
  const store = useCanvasStore();
  const cast = useMemo(() => castOf(graph), [graph]);
  const doer = useMemo(() => doersOf(graph).get(taskId), [graph, taskId]);
  const handleChange = (agentId: string) => {
    if (agentId !== '') {
      connectNodes(store, { from: agentId, to: taskId });
      return;
    }
    const lines = graph.edges.filter((edge) => edge.kind === 'assigned' && edge.to === taskId);
    store.getState().edit((before) =>
      disconnect(
        before,
        lines.map(({ id }) => id),
      ),
    );
  };
  return (
    <div className={doer ? styles.doer : undefined}>
      <Field label="Done by" hint={cast.length === 0 ? 'Put an agent on the stage first.' : undefined}>
        <Select name="agent" value={doer?.id ?? ''} onChange={(event) => handleChange(event.target.value)}>
          <option value="">Nobody yet</option>
          {cast.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      {doer && (
        <span className={styles.doerFace}>
          <Face name={doer.name} index={doer.index} size={24} isDecorative />
        </span>
      )}
    </div>
  );
}
