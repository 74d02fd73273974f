import { Button } from '@mui/material';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconAction } from '../../ui/IconAction.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './control.module.css';

interface Outcome {
  readonly name: string;
}

interface OutcomesEditorProps<O extends Outcome> {
  readonly outcomes: readonly O[];
  readonly most: number;
  /** What else an outcome says. */
  readonly children?: (outcome: O, write: (outcome: O) => void) => ReactNode;
  /** `renamed` tells lines that go by the name. */
  readonly onChange: (outcomes: readonly O[], renamed?: { from: string; to: string }) => void;
  readonly make: (name: string) => O;
}

/** The ways on, by name. */
export function OutcomesEditor<O extends Outcome>(props: OutcomesEditorProps<O>) {
  const { outcomes, most, children, onChange, make } = props;
  return (
    <fieldset className={styles.rule}>
      <legend>Outcomes</legend>
      {outcomes.map((outcome, place) => (
        <div key={outcome.name} className={styles.outcome}>
          <div className={styles.outcomeHead}>
            <TextInput
              aria-label={`Name of outcome ${place + 1}`}
              defaultValue={outcome.name}
              maxLength={60}
              onBlur={({ target }) => {
                const name = target.value.trim();
                if (name === '' || outcomes.some((other) => other !== outcome && other.name === name)) {
                  target.value = outcome.name;
                } else if (name !== outcome.name) {
                  onChange(outcomes.with(place, { ...outcome, name }), { from: outcome.name, to: name });
                }
              }}
            />
            <IconAction
              label={`Remove the outcome ${outcome.name}`}
              icon={X}
              size="small"
              isDisabled={outcomes.length === 1}
              onClick={() => onChange(outcomes.toSpliced(place, 1))}
            />
          </div>
          {children?.(outcome, (next) => onChange(outcomes.with(place, next)))}
        </div>
      ))}
      {outcomes.length < most && (
        <Button size="small" onClick={() => onChange([...outcomes, make(freeName(outcomes))])}>
          <Plus aria-hidden />
          Add an outcome
        </Button>
      )}
    </fieldset>
  );
}

function freeName(outcomes: readonly Outcome[]): string {
  let number = outcomes.length + 1;
  while (outcomes.some(({ name }) => name === `Outcome ${number}`)) number += 1;
  return `Outcome ${number}`;
}
