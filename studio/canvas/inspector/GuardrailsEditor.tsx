import { Button } from '@mui/material';
import { Plus, X } from 'lucide-react';
import type { Guardrail } from '#workflows/graph/nodes/task.ts';
import type { TaskNode } from '#workflows/graph/schema.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { Select, TextArea } from '../../ui/TextInput.tsx';
import styles from './control.module.css';
import { NumberField } from './NumberField.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { usePatch } from './usePatch.ts';
import type { ValueChoice } from './values.ts';

const MOST = 10;
const OUTPUT: readonly ValueChoice[] = [
  { path: 'output', title: 'The answer' },
  { path: 'output.length', title: 'The length of the answer' },
];

/** What an answer must fulfil, checked in order; each try again is a step of its own. */
export function GuardrailsEditor({ node }: { readonly node: TaskNode }) {
  const patch = usePatch(node);
  const { guardrails = [], guardrailMaxRetries } = node.data;
  const write = (next: readonly Guardrail[]) =>
    patch({ guardrails: next.length === 0 ? undefined : [...next] }, 'guardrails');
  return (
    <fieldset className={styles.rule}>
      <legend>The answer must fulfil</legend>
      {numbered(guardrails).map(({ guardrail, place, key }) => (
        <div key={key} className={styles.outcome}>
          <div className={styles.outcomeHead}>
            <Select
              aria-label={`Kind of condition ${place + 1}`}
              value={guardrail.kind}
              onChange={({ target }) => write(guardrails.with(place, fresh(target.value)))}
            >
              <option value="model">A sentence that a model judges it by</option>
              <option value="rule">A rule</option>
            </Select>
            <IconAction
              label={`Remove condition ${place + 1}`}
              icon={X}
              size="small"
              onClick={() => write(guardrails.toSpliced(place, 1))}
            />
          </div>
          {guardrail.kind === 'model' ? (
            <TextArea
              aria-label={`Condition ${place + 1}`}
              rows={2}
              value={guardrail.instruction}
              onChange={({ target }) =>
                target.value !== '' &&
                write(guardrails.with(place, { ...guardrail, instruction: target.value }))
              }
            />
          ) : (
            <RuleEditor
              node={node}
              label="Holds when"
              rule={guardrail.rule}
              more={OUTPUT}
              onChange={(rule) => rule && write(guardrails.with(place, { ...guardrail, rule }))}
            />
          )}
        </div>
      ))}
      {guardrails.length > 0 && (
        <NumberField
          label="Tries again, for each"
          value={guardrailMaxRetries}
          min={0}
          max={20}
          placeholder="3"
          onChange={(value) => patch({ guardrailMaxRetries: value ?? undefined }, 'guardrailMaxRetries')}
        />
      )}
      {guardrails.length < MOST && (
        <Button size="small" onClick={() => write([...guardrails, fresh('model')])}>
          <Plus aria-hidden />
          Add a condition
        </Button>
      )}
    </fieldset>
  );
}

const fresh = (kind: string): Guardrail =>
  kind === 'rule'
    ? { kind: 'rule', rule: { path: 'output', op: 'isNotEmpty' }, message: '' }
    : { kind: 'model', instruction: 'It says where each fact comes from.' };

/** They have no names of their own, and keep their places while they are written. */
const numbered = (guardrails: readonly Guardrail[]) =>
  guardrails.map((guardrail, place) => ({ guardrail, place, key: `${place} of ${guardrails.length}` }));
