import { X } from 'lucide-react';
import { useMemo } from 'react';
import { canConnect } from '#workflows/graph/connect.ts';
import { type CrewGraph, isWork } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { IconAction } from '../../ui/IconAction.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { connectNodes } from '../commands/connectNodes.ts';
import { removeEdges } from '../commands/removeSelection.ts';
import styles from './form.module.css';

/** Whose answers the task reads and whom it waits for: the lines into it, as a list for the keyboard. */
export function Reads({ taskId }: { readonly taskId: string }) {
  const graph = useCanvas(selectGraph);
  const store = useCanvasStore();
  const lines = useMemo(() => linesInto(graph, taskId), [graph, taskId]);
  const possible = useMemo(() => possibleFor(graph, taskId), [graph, taskId]);
  if (lines.length + possible.length === 0) return null;
  return (
    <>
      <Field label="Reads">
        <Select
          value=""
          name="context-line"
          disabled={possible.length === 0}
          onChange={(event) => connectNodes(store, { from: event.target.value, to: taskId })}
        >
          <option value="">{lines.length === 0 ? 'Choose a task' : 'And another task'}</option>
          {possible.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <ul className={styles.list}>
        {lines.map(({ id, name, kind, outcome }) => (
          <li key={id}>
            <span>
              {name} {kind === 'next' && <small className="faint">(only waits for it)</small>}
              {kind === 'branch' && <small className="faint">({outcome})</small>}
            </span>
            <IconAction
              label={`No longer read ${name}`}
              icon={X}
              size="small"
              onClick={() => removeEdges(store, [id])}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

const nameOf = (graph: CrewGraph, id: string) => {
  const node = graph.nodes.find((other) => other.id === id);
  return node && isWork(node) ? node.data.name || 'Nameless' : '';
};

const linesInto = (graph: CrewGraph, taskId: string) =>
  graph.edges
    .filter(({ kind, to }) => kind !== 'assigned' && to === taskId)
    .map(({ id, kind, from, outcome }) => ({ id, kind, outcome, name: nameOf(graph, from) }));

const possibleFor = (graph: CrewGraph, taskId: string) =>
  graph.nodes.flatMap((node) =>
    isWork(node) && canConnect(graph, { from: node.id, to: taskId }) === true
      ? [{ id: node.id, name: node.data.name || 'Nameless' }]
      : [],
  );
