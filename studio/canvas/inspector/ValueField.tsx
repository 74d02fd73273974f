import { useMemo } from 'react';
import type { ValuePath } from '#workflows/graph/rules.ts';
import type { GraphNode } from '#workflows/graph/schema.ts';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import styles from './control.module.css';
import { splitPath, type ValueChoice, valueChoices } from './values.ts';

interface ValueFieldProps {
  readonly node: GraphNode;
  readonly path: ValuePath | null;
  readonly label: string;
  /** Besides what every node of its place sees. */
  readonly more?: readonly ValueChoice[];
  readonly onChange: (path: ValuePath | null) => void;
}

const FIELDS = /^(?:[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,7})?$/;

/** Which value, and which field of it when it is JSON. */
export function ValueField({ node, path, label, more = [], onChange }: ValueFieldProps) {
  const graph = useCanvas(selectGraph);
  const choices = useMemo(() => [...more, ...valueChoices(graph, node)], [more, graph, node]);
  const { value, fields } = splitPath(path ?? '');
  const isGone = path !== null && !choices.some((choice) => choice.path === value);
  const write = (nextValue: string, nextFields: string) =>
    onChange(nextValue === '' ? null : [nextValue, ...(nextFields === '' ? [] : [nextFields])].join('.'));
  return (
    <div className={styles.value}>
      <Select aria-label={label} value={value} onChange={({ target }) => write(target.value, fields)}>
        <option value="">Choose a value</option>
        {isGone && <option value={value}>{value} (no longer there)</option>}
        {choices.map((choice) => (
          <option key={choice.path} value={choice.path}>
            {choice.title}
          </option>
        ))}
      </Select>
      <TextInput
        aria-label={`${label}: field of its JSON`}
        key={value}
        defaultValue={fields}
        placeholder="field"
        title="Which field of it, when it is JSON"
        disabled={value === ''}
        onChange={({ target }) => {
          const next = target.value.trim();
          if (FIELDS.test(next)) write(value, next);
        }}
      />
    </div>
  );
}
