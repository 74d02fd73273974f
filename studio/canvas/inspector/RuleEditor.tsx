import { Button } from '@mui/material';
import { Plus, X } from 'lucide-react';
import { RULE_LIMITS, Rule, type RuleOperator, type RuleTerm } from '#workflows/graph/rules.ts';
import type { GraphNode } from '#workflows/graph/schema.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import styles from './control.module.css';
import { JsonField } from './JsonField.tsx';
import { ValueField } from './ValueField.tsx';
import { type ValueChoice, valueChoices } from './values.ts';

interface RuleEditorProps {
  readonly node: GraphNode;
  readonly label: string;
  readonly rule: Rule | undefined;
  readonly more?: readonly ValueChoice[];
  readonly onChange: (rule: Rule | undefined) => void;
}

const OPERATORS: Readonly<Record<RuleOperator, string>> = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'begins with',
  endsWith: 'ends with',
  matches: 'matches the pattern',
  greater: 'is more than',
  atLeast: 'is at least',
  less: 'is less than',
  atMost: 'is at most',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  isTrue: 'is true',
  isFalse: 'is false',
};
const OPERATOR_NAMES = Object.keys(OPERATORS) as RuleOperator[];
const NUMERIC = new Set<RuleOperator>(['greater', 'atLeast', 'less', 'atMost']);
const ALONE = new Set<RuleOperator>(['isEmpty', 'isNotEmpty', 'isTrue', 'isFalse']);

/** A condition: comparisons of which all, or one, must hold. What is nested deeper is edited as JSON. */
export function RuleEditor({ node, label, rule, more, onChange }: RuleEditorProps) {
  const graph = useCanvas(selectGraph);
  const flat = flatten(rule);
  if (!flat) return <JsonField label={label} value={rule} schema={Rule} onChange={onChange} />;
  const { join, terms } = flat;
  const write = (next: readonly RuleTerm[], how = join) => {
    const [only] = next;
    if (!only) return onChange(undefined);
    onChange(next.length === 1 ? only : how === 'any' ? { any: next } : { all: next });
  };
  const first = [...(more ?? []), ...valueChoices(graph, node)][0]?.path ?? 'input.value';
  return (
    <fieldset className={styles.rule}>
      <legend>{label}</legend>
      {terms.length > 1 && (
        <Select
          aria-label="How many must hold"
          value={join}
          onChange={({ target }) => write(terms, target.value === 'any' ? 'any' : 'all')}
        >
          <option value="all">All of these must hold</option>
          <option value="any">One of these must hold</option>
        </Select>
      )}
      {placed(terms).map(({ term, place, key }) => (
        <Term
          key={key}
          node={node}
          term={term}
          more={more}
          onChange={(next) => write(terms.toSpliced(place, 1, ...(next ? [next] : [])))}
        />
      ))}
      {terms.length < RULE_LIMITS.terms && (
        <Button size="small" onClick={() => write([...terms, { path: first, op: 'isNotEmpty' }])}>
          <Plus aria-hidden />
          {terms.length === 0 ? 'Add a condition' : 'And another'}
        </Button>
      )}
    </fieldset>
  );
}

interface TermProps extends Pick<RuleEditorProps, 'node' | 'more'> {
  readonly term: RuleTerm;
  readonly onChange: (term: RuleTerm | undefined) => void;
}

function Term({ node, term, more = [], onChange }: TermProps) {
  const { path, op, value } = term;
  return (
    <div className={styles.term}>
      <ValueField
        node={node}
        label="What is compared"
        path={path}
        more={more}
        onChange={(next) => next && onChange({ ...term, path: next })}
      />
      <div className={styles.compare}>
        <Select
          aria-label="How it is compared"
          value={op}
          onChange={({ target }) => onChange(withOperator(term, target.value))}
        >
          {OPERATOR_NAMES.map((name) => (
            <option key={name} value={name}>
              {OPERATORS[name]}
            </option>
          ))}
        </Select>
        {ALONE.has(op) ? (
          <span />
        ) : (
          <TextInput
            aria-label="With what"
            key={op}
            type={NUMERIC.has(op) ? 'number' : 'text'}
            defaultValue={String(value ?? '')}
            onChange={({ target }) => onChange({ ...term, value: valueFrom(op, target.value) })}
          />
        )}
        <IconAction label="Remove this condition" icon={X} size="small" onClick={() => onChange(undefined)} />
      </div>
    </div>
  );
}

const valueFrom = (op: RuleOperator, text: string) => (NUMERIC.has(op) && text !== '' ? Number(text) : text);

function withOperator({ path, value }: RuleTerm, name: string): RuleTerm {
  const op = OPERATOR_NAMES.find((each) => each === name) ?? 'isNotEmpty';
  return ALONE.has(op) ? { path, op } : { path, op, value: valueFrom(op, String(value ?? '')) };
}

/** Comparisons have no names of their own, and keep their places while they are written. */
const placed = (terms: readonly RuleTerm[]) =>
  terms.map((term, place) => ({ term, place, key: `${place} of ${terms.length}` }));

/** Undefined for a rule that is nested deeper. */
function flatten(rule: Rule | undefined): { join: 'all' | 'any'; terms: readonly RuleTerm[] } | undefined {
  if (!rule) return { join: 'all', terms: [] };
  if ('path' in rule) return { join: 'all', terms: [rule] };
  if ('not' in rule) return undefined;
  const [join, parts] = 'all' in rule ? (['all', rule.all] as const) : (['any', rule.any] as const);
  const terms = parts.flatMap((part) => ('path' in part ? [part] : []));
  return terms.length === parts.length ? { join, terms } : undefined;
}
