import { Button } from '@mui/material';
import { Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { outcomesOf } from '#workflows/graph/problems/controlProblems.ts';
import { MEANING } from '#workflows/graph/problems/edgeProblems.ts';
import { labelOf } from '#workflows/graph/problems/problem.ts';
import type { GraphEdge } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas, useCanvasStore } from '../CanvasContext.ts';
import { insertOnEdge } from '../commands/insertOnEdge.ts';
import { removeEdges } from '../commands/removeSelection.ts';
import { type EdgeMeaning, setEdgeKind } from '../commands/setEdgeKind.ts';
import styles from './EdgePanel.module.css';

/** A line in words: who does what, who reads whom. */
export function EdgePanel({ id }: { readonly id: string }) {
  const graph = useCanvas(selectGraph);
  const store = useCanvasStore();
  const edge = graph.edges.find((other) => other.id === id);
  const [from, to] = useMemo(
    () =>
      [edge?.from, edge?.to].map((nodeId) => {
        const node = graph.nodes.find((other) => other.id === nodeId);
        return node ? labelOf(node) : '';
      }),
    [graph, edge?.from, edge?.to],
  );
  if (!edge) return null;
  const source = graph.nodes.find((node) => node.id === edge.from);
  const outcomes = source ? outcomesOf(source) : [];
  const answers = source && MEANING.context.from.includes(source.kind);
  return (
    <>
      <h2 className={styles.title}>{sentence(edge, from ?? '', to ?? '')}</h2>
      {edge.kind !== 'assigned' && (
        <>
          <Field label="What the line means">
            <Select
              value={edge.outcome === undefined ? edge.kind : `branch ${edge.outcome}`}
              onChange={({ target }) => setEdgeKind(store, id, meaningOf(target.value))}
            >
              {outcomes.map((outcome) => (
                <option key={outcome} value={`branch ${outcome}`}>
                  Only when it comes out as {outcome}
                </option>
              ))}
              {answers && <option value="context">The second reads the answer of the first</option>}
              <option value="next">The second only waits for the first</option>
            </Select>
          </Field>
          <Button onClick={() => insertOnEdge(store, id)}>Put a task between</Button>
        </>
      )}
      <Button className={styles.remove} onClick={() => removeEdges(store, [id])}>
        <Trash2 aria-hidden />
        Remove the line
      </Button>
    </>
  );
}

function meaningOf(value: string): EdgeMeaning {
  if (value.startsWith('branch ')) return { kind: 'branch', outcome: value.slice('branch '.length) };
  return { kind: value === 'next' ? 'next' : 'context' };
}

function sentence({ kind, outcome }: GraphEdge, from: string, to: string): string {
  if (kind === 'branch') return `${to} is done when ${from} comes out as ${outcome ?? 'nothing'}`;
  if (kind === 'assigned') return `${from} does ${to}`;
  return kind === 'context' ? `${to} reads ${from}` : `${to} comes after ${from}`;
}
