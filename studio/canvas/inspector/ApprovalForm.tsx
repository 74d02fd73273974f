import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { formatSpan } from '../../ui/formats.ts';
import { Select } from '../../ui/TextInput.tsx';
import { Check } from './Check.tsx';
import { NumberField } from './NumberField.tsx';
import { OutcomesEditor } from './OutcomesEditor.tsx';
import { TemplateArea } from './TemplateArea.tsx';
import { useOutcomes } from './useOutcomes.ts';
import { usePatch } from './usePatch.ts';

const A_YEAR = 525_600;
const spanOf = (minutes: number) => formatSpan(minutes * 60);

export function ApprovalForm({ node }: { readonly node: NodeOf<'approval'> }) {
  const patch = usePatch(node);
  const writeOutcomes = useOutcomes(node);
  const { question, outcomes, asksForText, deadlineMinutes, reminderMinutes, otherwise } = node.data;
  return (
    <>
      <Field label="What is asked" hint="Whoever decides also sees the answers that lead here.">
        <TemplateArea
          name="question"
          rows={3}
          text={question}
          value={question}
          onChange={({ target }) => patch({ question: target.value }, 'question')}
        />
      </Field>
      <OutcomesEditor
        outcomes={outcomes}
        most={10}
        make={(name) => ({ name })}
        onChange={(next, renamed) =>
          writeOutcomes(
            { outcomes: next, ...(renamed?.from === otherwise ? { otherwise: renamed?.to } : {}) },
            renamed,
          )
        }
      />
      <Check
        label="Ask for a comment"
        checked={asksForText}
        onChange={({ target }) => patch({ asksForText: target.checked }, 'asksForText')}
      />
      <NumberField
        label="Deadline, in minutes"
        hint={deadlineMinutes === null ? 'Empty: it waits as long as it takes.' : spanOf(deadlineMinutes)}
        value={deadlineMinutes}
        min={1}
        max={A_YEAR}
        onChange={(value) => patch({ deadlineMinutes: value }, 'deadlineMinutes')}
      />
      <NumberField
        label="Reminder, in minutes"
        hint={reminderMinutes === null ? undefined : `${spanOf(reminderMinutes)} after the question`}
        value={reminderMinutes}
        min={1}
        max={A_YEAR}
        onChange={(value) => patch({ reminderMinutes: value }, 'reminderMinutes')}
      />
      {deadlineMinutes !== null && (
        <Field label="At the deadline">
          <Select
            name="otherwise"
            value={otherwise ?? ''}
            onChange={({ target }) => patch({ otherwise: target.value || null }, 'otherwise')}
          >
            <option value="">The simulation fails, and can be retried</option>
            {outcomes.map(({ name }) => (
              <option key={name} value={name}>
                It counts as {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </>
  );
}
