import { outcomesOf } from '#workflows/graph/problems/controlProblems.ts';
import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { OutcomesEditor } from './OutcomesEditor.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { TemplateArea } from './TemplateArea.tsx';
import { useOutcomes } from './useOutcomes.ts';
import { usePatch } from './usePatch.ts';

type RouterOutcome = NodeOf<'router'>['data']['outcomes'][number];

export function RouterForm({ node }: { readonly node: NodeOf<'router'> }) {
  const patch = usePatch(node);
  const writeOutcomes = useOutcomes(node);
  const { by, outcomes, otherwise, question, model } = node.data;
  return (
    <>
      <Field label="Decides by">
        <Select
          name="by"
          value={by}
          onChange={({ target }) => patch({ by: target.value === 'model' ? 'model' : 'rules' }, 'by')}
        >
          <option value="rules">rules: the first outcome whose rule holds</option>
          <option value="model">asking a model</option>
        </Select>
      </Field>
      {by === 'model' && (
        <>
          <Field label="What the model is asked" hint="It sees what lines lead here.">
            <TemplateArea
              name="question"
              rows={3}
              text={question}
              value={question}
              onChange={({ target }) => patch({ question: target.value }, 'question')}
            />
          </Field>
          <Field label="Model">
            <TextInput
              name="model"
              value={model}
              placeholder="The default model"
              spellCheck={false}
              onChange={({ target }) => patch({ model: target.value }, 'model')}
            />
          </Field>
        </>
      )}
      <OutcomesEditor<RouterOutcome>
        outcomes={outcomes}
        most={20}
        make={(name) => ({ name })}
        onChange={(next, renamed) =>
          writeOutcomes(
            {
              outcomes: next,
              ...(renamed?.from === otherwise ? { otherwise: renamed.to } : {}),
            },
            renamed,
          )
        }
      >
        {(outcome, write) =>
          by === 'rules' ? (
            <RuleEditor
              node={node}
              label="Holds when"
              rule={outcome.rule}
              onChange={(rule) => {
                const { rule: _, ...rest } = outcome;
                write(rule ? { ...rest, rule } : rest);
              }}
            />
          ) : (
            <TextInput
              aria-label={`When the model is to choose ${outcome.name}`}
              placeholder="When it is to be chosen"
              value={outcome.description ?? ''}
              maxLength={1_000}
              onChange={({ target }) => write({ ...outcome, description: target.value })}
            />
          )
        }
      </OutcomesEditor>
      <Field label="Otherwise">
        <Select
          name="otherwise"
          value={otherwise}
          onChange={({ target }) => patch({ otherwise: target.value }, 'otherwise')}
        >
          {outcomesOf(node).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}
